import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../platform/crypto/index.ts'
import {
  type IdentityReads,
  type IdentityStores,
  identifierPlace,
  loyaltyCardIndex,
} from '../identity/index.ts'
import { storeVisitEvent } from './events.ts'
import { drawLoyaltyCard, type LoyaltyCardNumber } from './loyalty-card.ts'
import { cardOf } from './loyalty-card-of.ts'

export interface IssueCardParts {
  readonly work: Work<Pick<IdentityStores, 'subjects' | 'identifiers'>>
  readonly reads: Pick<IdentityReads, 'identifiers'>
  readonly sealer: SubjectSealer
  readonly blindIndex: BlindIndex
  readonly clock: Clock
  readonly entropy: Entropy
}

/** A number somebody else has is drawn again; of 10^10, a house with a million cards meets one in ten thousand. */
const draws = 5

/** Gives a person the card they ask for; who has one keeps it, however often they ask and in how many windows. */
export function issueLoyaltyCard(
  parts: IssueCardParts,
  command: { readonly subjectId: SubjectId; readonly actor: Actor; readonly evidence: Evidence },
): Promise<LoyaltyCardNumber> {
  const { work, sealer, blindIndex, clock, entropy } = parts
  const { subjectId, actor, evidence } = command
  return work(async (tx) => {
    const at = clock.now()
    const subject = await tx.subjects.lock(subjectId)
    if (subject?.state !== 'active') throw refused('account-closed', 'This account cannot be changed.')
    const held = await cardOf({ reads: { identifiers: tx.identifiers }, sealer }, subjectId)
    const record = (outcome: 'issued' | 'held') =>
      tx.audit.record({
        action: 'loyalty-card.issued',
        actor,
        at,
        subjectId,
        evidence,
        facts: { outcome },
      })
    if (held !== undefined) {
      await record('held')
      return held
    }
    const identifierId = entropy.id<'identifier'>()
    for (let draw = 0; draw < draws; draw += 1) {
      const card = drawLoyaltyCard(entropy)
      const owner = { kind: 'loyalty_card', subjectId, identifierId } as const
      if (!(await tx.identifiers.claim(loyaltyCardIndex(blindIndex, card), owner))) continue
      await tx.identifiers.insert({
        subjectId,
        identifierId,
        kind: 'loyalty_card',
        sealedValue: await sealer.sealText(subjectId, identifierPlace(identifierId), card),
        // The number is ours to give: there is nobody else it could belong to.
        verifiedAt: at,
        createdAt: at,
      })
      await record('issued')
      await tx.outbox.add(storeVisitEvent(entropy, 'loyalty-card.issued', subjectId, at))
      return card
    }
    throw conflict('loyalty-numbers-used-up', 'No free number was found for this card. Try again.')
  })
}
