import type { IdentifierId, SubjectId } from '../../kernel/ids.ts'
import type { BlindIndex } from '../../platform/crypto/index.ts'
import { canonicalEmailAddress, type EmailAddress } from './email-address.ts'
import type { PhoneNumber } from './phone-number.ts'

export type IdentifierKind = 'email' | 'phone' | 'loyalty_card' | 'federated'

export interface Identifier {
  readonly subjectId: SubjectId
  readonly identifierId: IdentifierId
  readonly kind: IdentifierKind
  readonly value: string
  readonly verifiedAt?: Date
  readonly createdAt: Date
}

export const emailIndex = (index: BlindIndex, address: EmailAddress): Uint8Array =>
  index.of('email', canonicalEmailAddress(address))

export const phoneIndex = (index: BlindIndex, phone: PhoneNumber): Uint8Array => index.of('phone', phone)

/** A card number as printed may carry spaces and dashes; it is one card all the same. */
export const loyaltyCardIndex = (index: BlindIndex, card: string): Uint8Array =>
  index.of('loyalty_card', card.replaceAll(/[\s-]/g, '').toUpperCase())

/** The cell an identifier's value is sealed into. */
export const identifierPlace = (identifierId: IdentifierId) => ({
  table: 'identifiers',
  column: 'sealed_value',
  row: identifierId,
})
