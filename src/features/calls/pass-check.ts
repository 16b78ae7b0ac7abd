import { conflict, refused } from '../../kernel/errors.ts'
import type { Call, CallAssurance, CallId } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { CallCheck } from './call-store.ts'
import { callEvent, namesOf } from './events.ts'
import { type ChosenCaller, callEntry } from './on-call.ts'
import { isVerified, maxFailedChecks } from './verification-rules.ts'
import { watchAgent } from './watch-agent.ts'

/**
 * Writes down that a check was passed: the assurance rises in the statement that looks once more whether this person is still
 * the one chosen and the checks were not stopped meanwhile. A better assurance than this one stays.
 */
export async function passCheck(
  parts: CallParts,
  onCall: OnCall,
  { call, subjectId }: ChosenCaller,
  check: CallCheck,
  assurance: CallAssurance,
  facts: Readonly<Record<string, string | boolean>> = {},
  secondCall?: CallId,
): Promise<Call> {
  const at = parts.clock.now()
  return parts.work(async (tx) => {
    if (secondCall !== undefined && !(await tx.calls.spendSecondCall(call.id, check.id, secondCall))) {
      throw conflict('second-call-used', 'This second call verified somebody before.')
    }
    await tx.calls.endCheck(call.id, check.id, 'passed', at)
    const verified = await tx.calls.verify(call.id, call.agentId, subjectId, assurance, at)
    const now = verified ?? (await tx.calls.find(call.id))
    if (now === undefined || now.state !== 'open' || now.subjectId !== subjectId || !isVerified(now)) {
      throw refused('checks-stopped', 'This call is not one in which anybody can be verified any more.')
    }
    await tx.audit.record(
      callEntry('call.verified', onCall, now, at, { subjectId, facts: { assurance, ...facts } }),
    )
    if (verified !== undefined) {
      await tx.outbox.add(callEvent(parts.entropy, 'call.verified', at, { ...namesOf(call), assurance }))
    }
    await watchAgent(tx, parts, call, isVerified(call) ? {} : { verified: 1 }, at)
    return now
  })
}

/**
 * Writes down a call back that only the agent tells of. It ends the check and fails nothing, and
 * the caller is as verified as before: an agent alone verifies nobody.
 */
export async function tellOfCallBack(
  parts: CallParts,
  onCall: OnCall,
  { call, subjectId }: ChosenCaller,
  check: CallCheck,
  facts: { readonly number: string; readonly secondCall: string },
): Promise<Call> {
  const at = parts.clock.now()
  return parts.work(async (tx) => {
    await tx.calls.endCheck(call.id, check.id, 'over', at)
    await tx.audit.record(callEntry('call.call-back-told', onCall, call, at, { subjectId, facts }))
    return (await tx.calls.find(call.id)) ?? call
  })
}

/** Writes down that a check failed, and with the second one that there are no more. Counted once for each check. */
export async function failCheck(
  parts: CallParts,
  onCall: OnCall,
  { call, subjectId }: ChosenCaller,
  check: CallCheck,
  how: 'wrong-code' | 'declined' | 'reported' | 'not-reached' | 'number-differs',
): Promise<Call> {
  const at = parts.clock.now()
  return parts.work(async (tx) => {
    const ended = await tx.calls.endCheck(call.id, check.id, 'failed', at)
    // "That was not me" is an answer to more than this one question.
    const failures = !ended ? 0 : how === 'reported' ? maxFailedChecks : 1
    const now = (await tx.calls.failChecks(call.id, failures)) ?? call
    await tx.audit.record(
      callEntry('call.check-failed', onCall, now, at, { subjectId, facts: { check: check.kind, how } }),
    )
    if (call.failedChecks < maxFailedChecks && now.failedChecks >= maxFailedChecks) {
      await tx.outbox.add(callEvent(parts.entropy, 'call.checks-stopped', at, namesOf(call)))
    }
    return now
  })
}
