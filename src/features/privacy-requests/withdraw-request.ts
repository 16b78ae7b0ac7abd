import type { Actor } from '../../kernel/actor.ts'
import { conflict, notFound, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { requestEvent } from './events.ts'
import type { RequestId } from './request.ts'
import type { RequestParts } from './request-parts.ts'

/** The person takes back what they asked for. Nobody does it for them: what is asked for must be answered. */
export async function withdrawRequest(
  parts: Pick<RequestParts, 'work' | 'requests' | 'clock' | 'entropy'>,
  command: {
    readonly subjectId: SubjectId
    readonly requestId: RequestId
    readonly actor: Actor
    readonly evidence: Evidence
  },
): Promise<void> {
  const { subjectId, requestId, actor, evidence } = command
  if (actor.kind !== 'subject' || actor.subjectId !== subjectId) {
    throw refused('request-not-yours', 'A request is taken back by whoever asked for it.')
  }
  const request = await parts.requests.find(subjectId, requestId)
  if (request === undefined) throw notFound('request-unknown', 'There is no such request.')
  const { reference, right } = request
  const at = parts.clock.now()
  await parts.work(async ({ privacyRequests, audit, outbox }) => {
    if (!(await privacyRequests.end(subjectId, requestId, { at, by: 'subject' }))) {
      throw conflict('request-not-open', 'This request is not open any more.')
    }
    const facts = { request: requestId, reference, right }
    await audit.record({ action: 'privacy-request.withdrawn', actor, at, subjectId, evidence, facts })
    const payload = { requestId, reference, right }
    await outbox.add(requestEvent(parts.entropy, 'privacy-request.withdrawn', subjectId, at, payload))
  })
}
