import type { Actor } from '../../kernel/actor.ts'
import { refused } from '../../kernel/errors.ts'
import { may } from './may.ts'
import type { Power } from './powers.ts'
import type { StaffStore } from './staff-store.ts'

/**
 * Throws unless the actor holds one of these powers at this place (undefined: the whole house); by command everything.
 * What a member of staff holds is read and locked here, in the unit of what they do, never taken from a caller.
 */
export async function assertMayAt(
  store: Pick<StaffStore, 'lock' | 'touchpointTree'>,
  actor: Actor,
  powers: readonly Power[],
  touchpointId: string | undefined,
): Promise<void> {
  if (actor.kind === 'system') return
  if (actor.kind !== 'staff') throw refused('not-staff', 'Only staff or a command may do this.')
  const held = await store.lock(actor.staffId)
  if (held?.active !== true) throw refused('not-staff', 'Only active staff may do this.')
  const tree = await store.touchpointTree()
  const who = { assignments: held.assignments, assurance: actor.assurance }
  const answers = powers.map((power) => may(who, power, touchpointId, tree))
  if (answers.some(({ allowed }) => allowed)) return
  if (answers.some((one) => !one.allowed && one.why === 'out-of-scope')) {
    throw refused('out-of-scope', 'Your role holds elsewhere, not at this place.')
  }
  throw refused('power-missing', 'Your role does not allow this.')
}
