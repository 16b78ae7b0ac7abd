import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, notFound } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { assertCompatible, assertMayAppoint, assertOpen } from './appointment.ts'
import type { RoleAssignment } from './role-assignment.ts'
import type { StaffStores } from './staff-store.ts'

export interface ChangeRole {
  readonly actor: Actor
  readonly staffId: StaffId
  readonly assignment: RoleAssignment
  readonly reason?: string
  readonly evidence?: Evidence
}

type Deps = { readonly work: Work<StaffStores>; readonly clock: Clock }

/** Both changes end the person's sessions, so that nobody goes on with what they no longer may (R32). */
function changeRole(deps: Deps, command: ChangeRole, change: 'granted' | 'revoked'): Promise<void> {
  const { staffId, assignment } = command
  return deps.work(async ({ staff, audit }) => {
    const at = deps.clock.now()
    const target = await staff.lock(staffId)
    if (target === undefined) throw notFound('staff-unknown', 'There is no such account.')
    const tree = await staff.touchpointTree()
    if (change === 'granted') assertOpen(tree, [assignment])
    await assertMayAppoint(staff, tree, command.actor, staffId, [assignment])
    if (change === 'granted') {
      assertCompatible([...target.assignments, assignment])
      if (!(await staff.addRole(staffId, assignment, at))) {
        throw conflict('role-held', 'The role is already held there.')
      }
    } else if (!(await staff.removeRole(staffId, assignment))) {
      throw notFound('role-not-held', 'The role is not held there.')
    }
    const sessionsEnded = await staff.endSessionsOf(staffId)
    await audit.record({
      action: `staff.role-${change}`,
      actor: command.actor,
      at,
      about: `staff:${staffId}`,
      facts: { role: assignment.role, touchpoint: assignment.touchpointId ?? '*', sessionsEnded },
      ...(command.reason === undefined ? {} : { reason: command.reason }),
      ...(command.evidence === undefined ? {} : { evidence: command.evidence }),
    })
  })
}

export const grantRole = (deps: Deps, command: ChangeRole): Promise<void> =>
  changeRole(deps, command, 'granted')

/** Allowed to exactly those who could have granted it. */
export const revokeRole = (deps: Deps, command: ChangeRole): Promise<void> =>
  changeRole(deps, command, 'revoked')
