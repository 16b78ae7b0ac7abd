import type { ContactChannel } from '../../kernel/evidence.ts'
import type { Instant, Period } from './calendar.ts'
import { strictestDigitalConsentAge } from './digital-consent-ages.ts'
import type { Obligation } from './obligations.ts'
import type { LegalBasis } from './purpose.ts'
import type { Watch } from './valid-until.ts'

type PerPurposeAndChannel<Value> = Readonly<Record<string, Readonly<Partial<Record<ContactChannel, Value>>>>>

/** An age of digital consent while it is in force; the pack needs no more of the table than this. */
export interface DatedAge {
  readonly age: number
  /** Who consents below the age: the guardian alone, or child and guardian together. The guardian, if left out. */
  readonly below?: 'guardian' | 'joint' | undefined
  readonly validFrom: Instant
  readonly validTo?: Instant | undefined
}

/** Where a rule of a pack is written down, and what of it a lawyer has still to confirm. */
export interface RuleSource {
  /** The rule, such as `bases marketing.direct email` or `doubleOptIn`. */
  readonly rule: string
  readonly cites: string
  /** A reading or a policy of ours that counsel signs before the pack is relied on. */
  readonly forCounsel?: string | undefined
}

/** The law of a jurisdiction as dated data. A change of law is a new version with a new `validFrom`, never an edit. */
export interface RulePack {
  readonly jurisdiction: string
  readonly version: string
  readonly validFrom: Instant
  readonly validTo?: Instant | undefined
  /** Published by the house itself, as its counsel reads the law; an update of the product ships none over it. */
  readonly own?: true | undefined
  readonly digitalConsentAge: readonly DatedAge[]
  /** How well a guardian must be proven; by their mailbox and their word, if left out (Art. 8(2), reasonable efforts). */
  readonly guardianGrade?: 'mailbox' | 'strong' | undefined
  /** How somebody of unknown age is treated; a policy that counsel signs. */
  readonly unknownAge: 'adult' | 'minor'
  /** Contact channels on which a yes counts only once it came back from the contact point itself. */
  readonly doubleOptIn: readonly ContactChannel[]
  /** How long an unconfirmed yes stays pending; afterwards the state is what it was before. Never, if left out. */
  readonly confirmWithin?: Period | undefined
  /** After a no, nobody is asked again for this long. */
  readonly reaskCoolOff: Period
  /** Bases in the order they are tried. A purpose without an entry brings its own. */
  readonly bases: PerPurposeAndChannel<readonly LegalBasis[]>
  readonly validity: PerPurposeAndChannel<Period>
  readonly softOptInMaxAge: Readonly<Partial<Record<ContactChannel, Period>>>
  readonly exclusionLists: readonly string[]
  /** The bases an exclusion list stands in the way of. Consent to this very controller is not among them (LOPDGDD 23.4). */
  readonly exclusionListsBlock: readonly LegalBasis[]
  /** True honours a listing from the day it is known, before it binds. */
  readonly honourListingsEarly: boolean
  readonly obligations: Readonly<Partial<Record<ContactChannel, readonly Obligation[]>>>
  /** Packs published before they carried their sources have none. */
  readonly sources?: readonly RuleSource[] | undefined
}

/** The article behind a rule of the pack: the most particular source whose name the rule's begins with. */
export function citationOf(pack: RulePack, rule: string): string | undefined {
  const fitting = (pack.sources ?? []).filter(
    (source) => rule === source.rule || rule.startsWith(`${source.rule} `),
  )
  return fitting.sort((a, b) => b.rule.length - a.rule.length)[0]?.cites
}

const ageRowAt = (pack: RulePack, moment: Instant): DatedAge | undefined =>
  pack.digitalConsentAge.find(
    (row) => row.validFrom <= moment && (row.validTo === undefined || moment < row.validTo),
  )

/** The age from which one consented alone at that moment. A moment no row covers falls to the GDPR's own 16. */
export const consentAgeAt = (pack: RulePack, moment: Instant): number =>
  ageRowAt(pack, moment)?.age ?? strictestDigitalConsentAge

/** True where, below that age, neither child nor guardian could consent without the other at that moment. */
export const wasJointAt = (pack: RulePack, moment: Instant): boolean =>
  ageRowAt(pack, moment)?.below === 'joint'

/** As `consentAgeAt` for the present, telling the watch when a new row comes into force. */
export function consentAgeNow(pack: RulePack, watch: Watch): number {
  for (const row of pack.digitalConsentAge) {
    if (watch.reached(row.validFrom) && (row.validTo === undefined || !watch.reached(row.validTo)))
      return row.age
  }
  return strictestDigitalConsentAge
}

/** The version in force; undefined when the jurisdiction has none, and the caller falls to the strictest. */
export function packInForce(versions: readonly RulePack[] | undefined, watch: Watch): RulePack | undefined {
  if (versions === undefined) return undefined
  for (const pack of versions) {
    if (watch.reached(pack.validFrom) && (pack.validTo === undefined || !watch.reached(pack.validTo)))
      return pack
  }
  return undefined
}

/** The version in force at a moment, for whoever tells of it and decides nothing. */
export const packAt = (versions: readonly RulePack[], moment: Instant): RulePack | undefined =>
  versions.find((pack) => pack.validFrom <= moment && (pack.validTo === undefined || moment < pack.validTo))
