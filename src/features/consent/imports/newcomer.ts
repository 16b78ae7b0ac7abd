import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { BlindIndex } from '../../../platform/crypto/index.ts'
import { emailIndex, loyaltyCardIndex, phoneIndex } from '../../identity/index.ts'
import type { Instant } from '../calendar.ts'
import { contactPointsOf } from '../contact-points.ts'
import type { KnownSubject } from '../facts-reader.ts'
import { hexOf } from './import-people.ts'
import type { ImportRow } from './import-row.ts'

/** An identifier as a row names it. */
export interface NamedIdentifier {
  readonly kind: 'email' | 'phone' | 'loyalty_card'
  readonly value: string
  /** Blind index, in hex. */
  readonly index: string
}

/** What a row names somebody by. `hashed` remembers the index of each identifier between rows. */
export function identifiersOf(
  { email, phone, customerNumber }: ImportRow,
  blindIndex: BlindIndex,
  hashed: Map<string, string>,
): readonly NamedIdentifier[] {
  const named = (kind: NamedIdentifier['kind'], value: string, index: () => Uint8Array): NamedIdentifier => {
    const name = `${kind} ${value}`
    const known = hashed.get(name) ?? hexOf(index())
    hashed.set(name, known)
    return { kind, value, index: known }
  }
  return [
    ...(email === undefined ? [] : [named('email', email, () => emailIndex(blindIndex, email))]),
    ...(phone === undefined ? [] : [named('phone', phone, () => phoneIndex(blindIndex, phone))]),
    ...(customerNumber === undefined
      ? []
      : [named('loyalty_card', customerNumber, () => loyaltyCardIndex(blindIndex, customerNumber))]),
  ]
}

/** Somebody the house had not known: no sign-in, no verified identifier, only what the row named them by. */
export interface Newcomer {
  readonly subjectId: SubjectId
  readonly jurisdiction: string
  readonly language: string
  readonly at: Instant
  readonly identifiers: readonly (NamedIdentifier & { readonly identifierId: IdentifierId })[]
}

/** What is known of a newcomer: how they may be reached, and nothing they ever did here. No account, so no contract. */
export const knownNewcomer = ({ jurisdiction, language, at, identifiers }: Newcomer): KnownSubject => ({
  epoch: 0,
  language,
  since: new Date(at),
  facts: {
    subject: { state: 'active', jurisdiction, contracts: [], purchases: [], restrictions: [] },
    events: [],
    suppression: { internal: [], listings: [] },
    contactPoints: contactPointsOf(
      identifiers.map(({ identifierId, kind }) => ({ id: identifierId, kind, verified: false, at })),
    ),
  },
})
