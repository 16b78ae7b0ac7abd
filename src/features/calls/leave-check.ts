import type { Outbox } from '../../kernel/outbox.ts'
import type { Call } from './call.ts'
import type { CallParts } from './call-ports.ts'
import type { CallStore } from './call-store.ts'
import { callEvent, namesOf } from './events.ts'
import { maxFailedChecks } from './verification-rules.ts'

/**
 * Asks on nobody's device any more, where that is what the open check waits for. Before the check itself is left, so that no
 * customer says yes to what is over, and none has two questions before them.
 */
export async function endQuestion(
  parts: Pick<CallParts, 'calls' | 'checks'>,
  call: Pick<Call, 'id' | 'agentId'>,
): Promise<void> {
  const open = await parts.calls.openCheck(call.id)
  if (open?.kind === 'own-device' && open.ref !== undefined) await parts.checks?.end(open.ref, call.agentId)
}

/**
 * Leaves the open check, in the unit of whatever takes its place or cuts it short. One with wrong answers failed: neither
 * another code nor a lost line is a way to guess on.
 */
export async function leaveCheck(
  tx: { readonly calls: CallStore; readonly outbox: Outbox },
  parts: Pick<CallParts, 'entropy'>,
  call: Call,
  at: Date,
): Promise<void> {
  if (!(await tx.calls.leaveCheck(call.id, at))) return
  const now = (await tx.calls.failChecks(call.id, 1)) ?? call
  if (now.failedChecks !== maxFailedChecks) return
  await tx.outbox.add(callEvent(parts.entropy, 'call.checks-stopped', at, namesOf(call)))
}
