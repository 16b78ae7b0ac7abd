import { conflict, notFound } from '../../kernel/errors.ts'
import type { Call } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import { checkedReason, reasonText } from './given-reason.ts'
import { endQuestion, leaveCheck } from './leave-check.ts'
import { callEntry, openCallOf } from './on-call.ts'
import { watchAgent } from './watch-agent.ts'

/**
 * The agent says who is on the telephone, and why the record is opened; nothing opens without. It verifies nobody. Whoever was
 * found by the caller's own number begins at `number-match`, which is a word for the screen and opens nothing.
 */
export async function chooseCaller(
  parts: CallParts,
  command: OnCall & {
    readonly key: string
    readonly reason: { readonly code: string; readonly words?: string }
  },
): Promise<Call> {
  const reason = checkedReason(command.reason)
  const call = await openCallOf(parts, command)
  const candidates = await parts.calls.candidates(call.id)
  const one = candidates.find(({ key }) => key === command.key)
  if (one === undefined) throw notFound('candidate-unknown', 'Nobody in this call was found by this name.')
  const index = call.match === 'one' ? await parts.calls.callerIndex(call.id) : undefined
  const byNumber = index !== undefined && (await parts.reads.identifiers.findSubject(index)) === one.subjectId
  const again = call.subjectId === one.subjectId
  if (!again) await parts.limiter.consume(call.agentId, 'call-look-up-agent')
  if (!again) await endQuestion(parts, call)
  const at = parts.clock.now()
  return parts.work(async (tx) => {
    const chosen = await tx.calls.choose(call.id, call.agentId, {
      subjectId: one.subjectId,
      reason,
      assurance: byNumber ? 'number-match' : 'none',
    })
    if (chosen === undefined) throw conflict('call-dropped', 'The call is not open any more.')
    if (!again) await leaveCheck(tx, parts, call, at)
    await tx.audit.record(
      callEntry('call.caller-chosen', command, chosen, at, {
        subjectId: one.subjectId,
        reason: reasonText(reason),
        facts: { by: one.foundBy, match: call.match },
      }),
    )
    await watchAgent(tx, parts, call, again ? {} : { lookUps: 1 }, at)
    return chosen
  })
}
