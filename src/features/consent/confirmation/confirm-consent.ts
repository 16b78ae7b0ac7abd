import type { Evidence } from '../../../kernel/evidence.ts'
import { appendAct, type LedgerParts, type Recorded } from '../append-act.ts'
import type { DraftEvent } from '../choices.ts'
import type { ConsentEvent } from '../consent-event.ts'
import { awaitingConfirmation } from './awaiting-confirmation.ts'
import type { ConfirmationLink } from './confirmation-link.ts'
import type { ConfirmationReads, StoredConfirmation } from './confirmation-store.ts'
import { asker, type ConfirmationParts } from './request-confirmation.ts'

export type ConfirmOutcome =
  | Recorded
  /** Nothing of it waits any more: taken back, asked anew, or too late. */
  | { readonly outcome: 'overtaken' }

const confirmationOf = (yes: ConsentEvent): DraftEvent => ({
  type: 'confirmed',
  confirms: yes.id,
  controller: yes.controller,
  brand: yes.brand,
  purpose: yes.purpose,
  contactChannel: yes.contactChannel,
  contactPoint: yes.contactPoint,
  purposeVersion: yes.purposeVersion,
  consentType: yes.consentType,
  notice: yes.notice,
  attributes: yes.attributes,
  sources: yes.sources,
  recipients: yes.recipients,
  validity: yes.validity,
  by: 'subject',
})

/** What proves that the answer came from the contact point: which message it answers, and when that left. */
const proofOf = ({ confirmationId, sent, remindedAt }: StoredConfirmation) => ({
  confirmation: confirmationId,
  ...(sent === undefined
    ? {}
    : { message: sent.message, template: sent.template, sentAt: sent.at.toISOString() }),
  ...(remindedAt === undefined ? {} : { remindedAt: remindedAt.toISOString() }),
})

/**
 * Records that the yeses of one message came back from its contact point (double opt-in): a `confirmed` event for each
 * that still waits. Pressed twice it answers with the same receipt. Whoever presses is whoever reads that mailbox or
 * telephone, and that is exactly what it proves.
 */
export async function confirmConsent(
  parts: LedgerParts & {
    readonly confirmations: ConfirmationReads
    readonly closing: ConfirmationParts['work']
  },
  command: { readonly link: ConfirmationLink; readonly evidence: Evidence },
): Promise<ConfirmOutcome> {
  const { link, evidence } = command
  const { subjectId, confirmationId } = link
  const rows = (await parts.confirmations.of(subjectId)).filter(
    (row) => row.confirmationId === confirmationId,
  )
  const [first] = rows
  if (first === undefined) return { outcome: 'overtaken' }
  const ids = new Set(rows.map(({ eventId }) => eventId))
  const outcome = await appendAct<Exclude<ConfirmOutcome, Recorded>>(
    parts,
    {
      subjectId,
      actor: { kind: 'subject', subjectId, assurance: 'none' },
      evidence,
      idempotencyKey: `confirm ${confirmationId}`,
      content: { confirm: confirmationId },
      particulars: proofOf(first),
    },
    (known, registry, now) => {
      const events = awaitingConfirmation(known.facts, registry, now)
        .filter(({ event }) => ids.has(event.id))
        .map(({ event }) => confirmationOf(event))
      return events.length === 0 ? { instead: { outcome: 'overtaken' } } : { events }
    },
  )
  if (first.outcome === undefined) {
    const how = outcome.outcome === 'recorded' ? 'confirmed' : 'overtaken'
    await parts.closing(async ({ confirmations, audit }) => {
      const at = parts.clock.now()
      await confirmations.close(subjectId, confirmationId, how, at)
      await audit.record({
        action: 'consent.confirmation-closed',
        actor: asker,
        at,
        subjectId,
        facts: { confirmationId, outcome: how },
      })
    })
  }
  return outcome
}
