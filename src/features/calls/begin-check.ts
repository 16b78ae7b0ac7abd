import type { CallMessage } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { CallCheck } from './call-store.ts'
import { endQuestion, leaveCheck } from './leave-check.ts'
import { type ChosenCaller, callEntry, mustCheckOn } from './on-call.ts'
import { watchAgent } from './watch-agent.ts'

/** Begins a check in place of whichever was open. */
export async function beginCheck(
  parts: CallParts,
  onCall: OnCall,
  { call, subjectId }: ChosenCaller,
  check: Pick<CallCheck, 'kind' | 'contactPoint' | 'ref'>,
  told: {
    readonly action: `call.${string}`
    readonly by: string
    readonly message?: Omit<CallMessage, 'at'>
    /** A number that the agent is given is one more look at a record. */
    readonly handedOut?: boolean
  },
): Promise<CallCheck> {
  const at = parts.clock.now()
  const begun: CallCheck = {
    ...check,
    id: parts.entropy.id<'call-check'>(),
    callId: call.id,
    wrong: 0,
    startedAt: at,
  }
  // Whoever asks on a device has ended the question of before already: the person has one at a time.
  if (check.kind !== 'own-device') await endQuestion(parts, call)
  await parts.work(async (tx) => {
    await leaveCheck(tx, parts, call, at)
    await tx.calls.beginCheck(begun)
    if (told.message !== undefined) {
      await tx.calls.noteMessage(call.id, { ...told.message, at: at.toISOString() })
    }
    const facts = { by: told.by, ...(told.handedOut === true ? { handedOut: true } : {}) }
    await tx.audit.record(callEntry(told.action, onCall, call, at, { subjectId, facts }))
    if (told.handedOut === true) await watchAgent(tx, parts, call, { lookUps: 1 }, at)
  })
  return begun
}

/** The check under way, if it is of this kind and may still be passed. */
export async function openCheckOf(
  parts: CallParts,
  { call }: ChosenCaller,
  kind: CallCheck['kind'],
): Promise<CallCheck | undefined> {
  mustCheckOn(call)
  const check = await parts.calls.openCheck(call.id)
  return check?.kind === kind ? check : undefined
}
