import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import { type IdentityReads, readIdentifiers } from '../identity/index.ts'
import { type LoyaltyCardNumber, parseLoyaltyCard } from './loyalty-card.ts'

/** The card of a person, the first they had; undefined for who has none, or one whose number no till could read. */
export async function cardOf(
  parts: { readonly reads: Pick<IdentityReads, 'identifiers'>; readonly sealer: SubjectSealer },
  subjectId: SubjectId,
): Promise<LoyaltyCardNumber | undefined> {
  const identifiers = await readIdentifiers(parts, subjectId)
  const card = identifiers.find(({ kind }) => kind === 'loyalty_card')
  return card === undefined ? undefined : parseLoyaltyCard(card.value)
}
