import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { assertMayAppoint } from './appointment.ts'
import { canonicalLogin, type StaffCreated } from './create-staff.ts'
import { newToken, tokenHash } from './secret-token.ts'
import type { StaffStores } from './staff-store.ts'

/**
 * A new enrolment link for somebody who lost their passkey. Whoever holds the link can become that person, so only who
 * could hand out every role they hold may issue it (R77): a brand's administrator has no way into another brand.
 */
export async function issueEnrolment(
  deps: { readonly work: Work<StaffStores>; readonly clock: Clock; readonly entropy: Entropy },
  command: { readonly actor: Actor; readonly login: string; readonly evidence?: Evidence },
): Promise<StaffCreated> {
  const enrolmentToken = newToken(deps.entropy)
  return deps.work(async ({ staff, audit }) => {
    const at = deps.clock.now()
    const staffId = await staff.findByLogin(canonicalLogin(command.login))
    const target = staffId === undefined ? undefined : await staff.lock(staffId)
    if (staffId === undefined || target?.active !== true) {
      throw notFound('staff-unknown', 'There is no active account with this login.')
    }
    await assertMayAppoint(staff, await staff.touchpointTree(), command.actor, staffId, target.assignments)
    const expiresAt = await staff.addEnrolment(tokenHash('staff-enrolment', enrolmentToken), staffId, at)
    await audit.record({
      action: 'staff.enrolment-issued',
      actor: command.actor,
      at,
      about: `staff:${staffId}`,
      ...(command.evidence === undefined ? {} : { evidence: command.evidence }),
    })
    return { staffId, enrolmentToken, expiresAt }
  })
}
