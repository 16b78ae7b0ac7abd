import type { Outbox } from '../../kernel/outbox.ts'
import type { Call } from './call.ts'
import type { CallParts } from './call-ports.ts'
import { agentReference } from './call-reference.ts'
import type { CallStore, LookUpCounts } from './call-store.ts'
import { callEvent } from './events.ts'
import { isUnusual, watchedDays } from './unusual-look-ups.ts'

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/**
 * Counts what an agent does, in the unit of what they do, and raises the alarm once a day when people are looked up whom
 * nobody verifies. It never refuses: a lock at the hundredth look-up would tell whoever fishes where the net hangs.
 */
export async function watchAgent(
  tx: { readonly calls: CallStore; readonly outbox: Outbox },
  { entropy }: Pick<CallParts, 'entropy'>,
  call: Pick<Call, 'agentId' | 'touchpoint'>,
  more: Partial<LookUpCounts>,
  at: Date,
): Promise<void> {
  const { agentId, touchpoint } = call
  const today = dayOf(at)
  await tx.calls.countAgent(agentId, today, { lookUps: 0, verified: 0, ...more })
  const counts = await tx.calls.agentCounts(
    agentId,
    dayOf(new Date(at.getTime() - (watchedDays - 1) * 86_400_000)),
  )
  if (!isUnusual(counts) || !(await tx.calls.claimAlarm(agentId, today, at))) return
  await tx.outbox.add(
    callEvent(entropy, 'call.look-ups-unusual', at, {
      agent: agentReference(agentId),
      touchpoint,
      ...counts,
    }),
  )
}
