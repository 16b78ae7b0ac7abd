import type { Actor } from '../../kernel/actor.ts'
import { conflict, gone, notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import { type Call, type CallId, type CallSummary, callSummaries } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import { callEvent, namesOf } from './events.ts'
import { endQuestion, leaveCheck } from './leave-check.ts'
import { callEntry, ownCall } from './on-call.ts'
import { resumableSince, stateNow } from './verification-rules.ts'

/** The call as the system that announced it may know it; another's does not exist for it. */
export async function announcedCall(
  parts: Pick<CallParts, 'calls' | 'clock'>,
  question: { readonly callId: CallId; readonly actor: Actor },
): Promise<Call> {
  const { callId, actor } = question
  const call = await parts.calls.find(callId)
  if (call === undefined || actor.kind !== 'client' || call.clientId !== actor.clientId) {
    throw notFound('call-unknown', 'Your client announced no such call.')
  }
  return { ...call, state: stateNow(call, parts.clock.now()) }
}

type Told = Pick<OnCall, 'actor' | 'evidence'>

/**
 * The line was lost, and with it whatever was being checked: who answers afterwards may be somebody else. Told twice it is one
 * loss; of a call that is over there is nothing to lose.
 */
async function drop(parts: CallParts, told: Told, call: Call): Promise<Call> {
  if (call.state === 'dropped') return call
  const at = parts.clock.now()
  await endQuestion(parts, call)
  return parts.work(async (tx) => {
    const dropped = await tx.calls.drop(call.id, at)
    await leaveCheck(tx, parts, call, at)
    await tx.audit.record(callEntry('call.dropped', told, call, at))
    if (dropped === undefined) return (await tx.calls.find(call.id)) ?? call
    await tx.outbox.add(callEvent(parts.entropy, 'call.dropped', at, namesOf(call)))
    return dropped
  })
}

async function end(
  parts: CallParts,
  told: Told,
  call: Call,
  summary: CallSummary | undefined,
): Promise<Call> {
  const at = parts.clock.now()
  // Before the call: a customer must not say yes to a call that is over.
  await endQuestion(parts, call)
  return parts.work(async (tx) => {
    const ended = await tx.calls.end(call.id, at, summary)
    await leaveCheck(tx, parts, call, at)
    await tx.audit.record(
      callEntry('call.ended', told, call, at, {
        ...(call.subjectId === undefined ? {} : { subjectId: call.subjectId }),
        facts: { assurance: call.assurance, summary: summary ?? null },
      }),
    )
    if (ended === undefined) throw gone('call-ended', 'This call is over.')
    await tx.outbox.add(
      callEvent(parts.entropy, 'call.ended', at, {
        ...namesOf(call),
        assurance: call.assurance,
        summary: summary ?? null,
      }),
    )
    return ended
  })
}

export const dropCall = async (parts: CallParts, onCall: OnCall): Promise<Call> =>
  drop(parts, onCall, await ownCall(parts, onCall))

/**
 * The agent ends the call and says what it came to. With it ends every verification in it: nothing of a call can be used after
 * it. What was sent to the customer is in the answer.
 */
export async function wrapUp(
  parts: CallParts,
  command: OnCall & { readonly summary: CallSummary },
): Promise<Call> {
  const call = await ownCall(parts, command)
  const summary = callSummaries.find((known) => known === command.summary) ?? 'other'
  return end(parts, command, call, summary)
}

/** What a telephony system tells of a call it announced. */
export async function noteCallEvent(
  parts: CallParts,
  command: {
    readonly callId: CallId
    readonly actor: Actor
    readonly evidence: Evidence
    readonly event: 'dropped' | 'ended'
  },
): Promise<Call> {
  const call = await announcedCall(parts, command)
  if (call.state === 'ended') return call
  return command.event === 'dropped' ? drop(parts, command, call) : end(parts, command, call, undefined)
}

/**
 * Takes up a dropped call again: the same agent, within five minutes. Whoever is on the line now may be somebody else, and a
 * number that is announced is forged as easily as before: the ladder begins anew.
 */
export async function resumeCall(parts: CallParts, command: OnCall): Promise<Call> {
  const call = await ownCall(parts, command)
  if (call.state === 'open') return call
  // A check may have been begun in the very moment in which the line was lost.
  await endQuestion(parts, call)
  const at = parts.clock.now()
  return parts.work(async (tx) => {
    await leaveCheck(tx, parts, call, at)
    const resumed = await tx.calls.resume(call.id, call.agentId, resumableSince(at))
    if (resumed === undefined) throw conflict('resume-too-late', 'This call can be taken up no more.')
    await tx.audit.record(callEntry('call.resumed', command, resumed, at))
    await tx.outbox.add(
      callEvent(parts.entropy, 'call.resumed', at, { ...namesOf(call), assurance: resumed.assurance }),
    )
    return resumed
  })
}
