import type { CallParts } from './call-ports.ts'
import { agentReference } from './call-reference.ts'
import type { LiveCall } from './call-views.ts'
import { liveSince, stateNow } from './verification-rules.ts'

/**
 * The calls in progress, for whoever watches over the work: who takes them, where, for how long and how surely. Nothing in
 * the list leads to a customer, and nobody takes a call over by it; so looking at it is no access to anybody's data.
 */
export async function supervise(parts: Pick<CallParts, 'calls' | 'clock'>): Promise<readonly LiveCall[]> {
  const now = parts.clock.now()
  const live = await parts.calls.live(liveSince(now))
  return live.flatMap(({ subjectId, agentId, ...call }): readonly LiveCall[] => {
    const state = stateNow(call, now)
    if (state === 'ended') return []
    return [
      {
        reference: call.reference,
        agent: agentReference(agentId),
        touchpoint: call.touchpoint,
        state,
        match: call.match,
        chosen: subjectId !== undefined,
        assurance: call.assurance,
        failedChecks: call.failedChecks,
        openedAt: call.openedAt,
        ...(call.droppedAt === undefined ? {} : { droppedAt: call.droppedAt }),
      },
    ]
  })
}
