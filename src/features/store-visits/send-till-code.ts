import type { Actor } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { issueCode, loyaltyCardIndex } from '../identity/index.ts'
import { parseLoyaltyCard } from './loyalty-card.ts'
import type { Till } from './till.ts'
import { tillCodeTransaction } from './till-code.ts'
import { countLookUp, type TillParts } from './till-parts.ts'

export interface TillCodeMessages {
  /** By text message or mail to what the person proved to read; to nobody where there is nothing proven. */
  send(
    subjectId: SubjectId,
    message: { readonly code: string; readonly till: Till; readonly expiresAt: Date },
  ): Promise<void>
}

/**
 * Sends the owner of a card a code to read out at the till. The code is made and counted for a card that nobody has too, and
 * the message goes out after the answer, so the till learns nothing of the card from asking. Counts five an hour for a card
 * and thirty for a till (R67). Which till had it sent is on record before it goes: whoever gets one without standing there asks.
 */
export async function sendTillCode(
  parts: TillParts & {
    readonly messages: TillCodeMessages
    readonly later: (act: () => Promise<void>) => void
  },
  command: {
    readonly till: Till
    readonly actor: Actor
    readonly evidence: Evidence
    readonly card: string
  },
): Promise<{ readonly ref: string; readonly expiresAt: Date }> {
  const { till, actor, evidence } = command
  await countLookUp(parts, till)
  const ref = Buffer.from(parts.entropy.bytes(16)).toString('base64url')
  const card = parseLoyaltyCard(command.card)
  const recipientIndex = loyaltyCardIndex(parts.blindIndex, card ?? command.card)
  const { code, expiresAt } = await issueCode(parts, {
    purpose: 'till',
    recipientIndex,
    transaction: tillCodeTransaction(till, ref),
    network: `till|${till.clientId}`,
  })
  parts.later(async () => {
    const owner = await parts.reads.identifiers.findSubject(recipientIndex)
    const subjectId = owner !== undefined && (await parts.reads.subjects.mayEnter(owner)) ? owner : undefined
    const { touchpointId: touchpoint, store } = till
    await parts.work((tx) =>
      tx.audit.record({
        action: 'store-visit.code-sent',
        actor,
        at: parts.clock.now(),
        ...(subjectId === undefined ? { about: `till:${touchpoint}` } : { subjectId }),
        evidence,
        facts: { store, touchpoint, known: subjectId !== undefined },
      }),
    )
    if (subjectId === undefined) return
    await parts.messages.send(subjectId, { code, till, expiresAt })
  })
  return { ref, expiresAt }
}
