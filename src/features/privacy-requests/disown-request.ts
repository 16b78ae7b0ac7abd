import type { Evidence } from '../../kernel/evidence.ts'
import { requestEvent } from './events.ts'
import type { NotMineLink } from './not-mine-link.ts'
import type { RequestParts } from './request-parts.ts'

/** Leaves the unit without a trace: it is not open any more. */
class NotOpen extends Error {}

/**
 * "I did not ask for this", of whoever holds the link that the person was sent: the request ends, and an alarm is raised, for
 * somebody opened it in their name. Said twice it is one fact, and the answer is the same however things stand.
 */
export async function disownRequest(
  parts: Pick<RequestParts, 'work' | 'requests' | 'clock' | 'entropy'>,
  command: { readonly link: NotMineLink; readonly evidence: Evidence },
): Promise<{ readonly outcome: 'ended' | 'unchanged' }> {
  const { link, evidence } = command
  const { subjectId, requestId } = link
  const request = await parts.requests.find(subjectId, requestId)
  if (request === undefined) return { outcome: 'unchanged' }
  const { reference, right, channel, openedBy, actor: by } = request
  const at = parts.clock.now()
  try {
    await parts.work(async ({ privacyRequests, audit, outbox }) => {
      if (!(await privacyRequests.end(subjectId, requestId, { at, by: 'not-mine' }))) throw new NotOpen()
      await audit.record({
        action: 'privacy-request.not-mine',
        actor: { kind: 'subject', subjectId, assurance: 'none' },
        at,
        subjectId,
        evidence,
        facts: { request: requestId, reference, right, openedBy: by },
      })
      const payload = { requestId, reference, right, channel, openedBy, by }
      await outbox.add(requestEvent(parts.entropy, 'privacy-request.not-mine', subjectId, at, payload))
    })
    return { outcome: 'ended' }
  } catch (error) {
    if (error instanceof NotOpen) return { outcome: 'unchanged' }
    throw error
  }
}
