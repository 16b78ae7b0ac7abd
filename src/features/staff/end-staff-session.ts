import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Work } from '../../kernel/work.ts'
import { looksLikeToken, tokenHash } from './secret-token.ts'
import type { StaffStores } from './staff-store.ts'

/** Signing out twice is signing out: a session that is already over is not an error. */
export async function endStaffSession(
  deps: { readonly work: Work<StaffStores>; readonly clock: Clock },
  command: { readonly sessionToken: string; readonly actor: Actor; readonly evidence: Evidence },
): Promise<void> {
  if (!looksLikeToken(command.sessionToken)) return
  await deps.work(async ({ staff, audit }) => {
    const staffId = await staff.endSession(tokenHash('staff-session', command.sessionToken))
    await audit.record({
      action: 'staff.signed-out',
      actor: command.actor,
      at: deps.clock.now(),
      evidence: command.evidence,
      ...(staffId === undefined ? {} : { about: `staff:${staffId}` }),
    })
  })
}
