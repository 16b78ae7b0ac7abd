import type { Lost } from './past-facts.ts'
import type { KnownFact } from './what-was-known.ts'

/** What has become of an account since a past instant, as far as it takes away what was known then. */
export interface Fate {
  /** When the account began. */
  readonly began: Date
  readonly erased: boolean
  readonly evidenceErasedAt: Date | undefined
  /** A date of birth was on record, and does not open any more. */
  readonly birthDateSealed: boolean
  /** Exclusion lists were asked about it after the instant. */
  readonly askedAgain: boolean
  /** Since when the house dates what it replaces; undefined when it always did. */
  readonly datedSince: Date | undefined
}

export type Gaps = ReadonlyMap<KnownFact, Lost>

/** What is replaced when it changes. */
const replaced: readonly KnownFact[] = ['account', 'residence', 'contact-point', 'recipient']

/** Why nothing at all can be told of the account as of the instant; undefined when something can. */
export function goneSince(asOf: Date, { erased, evidenceErasedAt }: Fate): Lost | undefined {
  if (erased) return { why: 'erased' }
  return evidenceErasedAt !== undefined && evidenceErasedAt > asOf
    ? { why: 'evidence-erased', since: evidenceErasedAt }
    : undefined
}

/** What cannot be told of the account that is asked about. */
export function gapsOf(asOf: Date, fate: Fate): Gaps {
  const lost = new Map<KnownFact, Lost>()
  if (fate.birthDateSealed) lost.set('birth-date', { why: 'key-destroyed' })
  const since = undatedAt(asOf, fate)
  if (since === undefined) return lost
  for (const fact of replaced) lost.set(fact, { why: 'not-dated-before', since })
  if (fate.askedAgain) lost.set('exclusion-lists', { why: 'not-dated-before', since })
  return lost
}

/** What cannot be told of another account of the person, as it bears on the one that is asked about. */
export function gapsOfOther(asOf: Date, fate: Fate): Gaps {
  const lost = new Map<KnownFact, Lost>()
  const since = undatedAt(asOf, fate)
  if (since !== undefined) {
    lost.set('other-accounts', { why: 'not-dated-before', since })
    if (fate.askedAgain) lost.set('exclusion-lists', { why: 'not-dated-before', since })
  }
  if (fate.birthDateSealed || goneSince(asOf, fate) !== undefined)
    lost.set('other-accounts', { why: 'linked-account-erased' })
  return lost
}

const undatedAt = (asOf: Date, { began, datedSince }: Fate): Date | undefined =>
  datedSince !== undefined && asOf < datedSince && began < datedSince ? datedSince : undefined
