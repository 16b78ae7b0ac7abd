import { purposeTitle } from '../consent/index.ts'
import type { Call } from './call.ts'
import type { CallAct, ToldAnswer } from './call-act.ts'
import { sealCallLink } from './call-link.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { MaskedContact } from './masked-candidate.ts'
import { callEntry } from './on-call.ts'
import { registeredContacts } from './registered-contacts.ts'
import { isVerified } from './verification-rules.ts'

/**
 * Sends what was recorded, with its link, to where the person proved to be before the call: a mail where there is an address,
 * else a text. Undefined where there is neither; then a yes stays pending for good. Sent once for each act; one whose sending
 * failed is sent when the same command comes again.
 */
export async function tellCustomer(
  parts: CallParts,
  onCall: OnCall,
  call: Call,
  act: CallAct,
): Promise<MaskedContact | undefined> {
  const { subjectId, reference, language, answers, recordedAt, expiresAt } = act
  const contacts = await registeredContacts(parts, call, subjectId)
  const contact =
    contacts.find(({ shown }) => shown.kind === 'email') ?? contacts.find(({ shown }) => shown.takesCode)
  if (contact === undefined) return undefined
  if (act.sentAt !== undefined) return contact.shown
  const registry = parts.registry.current()
  const titled = (wanted: ToldAnswer['answer']) =>
    answers
      .filter(({ answer }) => answer === wanted)
      .map(({ purpose, contactChannel }) => ({
        purpose,
        contactChannel,
        title: purposeTitle(registry, purpose, language),
      }))
  const message = await parts.messages.choices(contact.address, {
    language,
    reference,
    at: recordedAt,
    pending: titled('yes'),
    told: titled('no'),
    token: sealCallLink(parts.tokens, { subjectId, actId: act.id }, expiresAt),
    until: expiresAt,
  })
  const at = parts.clock.now()
  const by = contact.shown.kind === 'email' ? 'email' : 'sms'
  await parts.work(async (tx) => {
    await tx.calls.markSent(subjectId, act.id, { at, message })
    // That something was sent tells that a yes stood, which is nothing for whoever could not verify the caller.
    if (isVerified(call)) {
      await tx.calls.noteMessage(call.id, { kind: 'choices', by, at: at.toISOString() })
    }
    await tx.audit.record(
      callEntry('call.customer-told', onCall, call, at, { subjectId, facts: { by, message } }),
    )
  })
  return contact.shown
}
