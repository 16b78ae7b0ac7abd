import type { Actor } from '../../kernel/actor.ts'
import { conflict, invalid, refused } from '../../kernel/errors.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { TouchpointTree } from '../../kernel/touchpoint.ts'
import { mayHandOut } from './may.ts'
import { incompatiblePair, type RoleAssignment } from './role-assignment.ts'
import type { StaffStore } from './staff-store.ts'

/**
 * Whether the actor may decide over these roles of somebody: by command everything, as staff only what they may hand out
 * themselves and only where they may (R105). What the actor holds is read and locked here, never taken from a caller; and
 * nobody decides over their own account.
 */
export async function assertMayAppoint(
  store: StaffStore,
  tree: TouchpointTree,
  actor: Actor,
  staffId: StaffId | undefined,
  assignments: readonly RoleAssignment[],
): Promise<void> {
  if (actor.kind === 'system') return
  if (actor.kind !== 'staff') throw refused('not-staff', 'Only staff or a command may do this.')
  if (actor.staffId === staffId) throw refused('own-account', 'Nobody decides over their own roles.')
  const held = await store.lock(actor.staffId)
  if (held?.active !== true) throw refused('not-staff', 'Only active staff may do this.')
  if (!assignments.every((one) => mayHandOut(held.assignments, one, tree))) {
    throw refused('more-than-own', 'You can hand out only what your own role may, and only within its scope.')
  }
}

/** Whoever is watched cannot be the one who watches (R102). Call with the account locked. */
export function assertCompatible(assignments: readonly RoleAssignment[]): void {
  const pair = incompatiblePair(assignments.map(({ role }) => role))
  if (pair !== undefined) {
    throw conflict('roles-incompatible', `One person cannot be both ${pair[0]} and ${pair[1]}.`)
  }
}

/** A role can be given at a place that is there and open, and nowhere else. */
export function assertOpen(tree: TouchpointTree, assignments: readonly RoleAssignment[]): void {
  for (const { touchpointId } of assignments) {
    if (touchpointId !== undefined && !tree.has(touchpointId)) {
      throw invalid('touchpoint-unknown', `There is no touchpoint ${touchpointId}.`, [
        { field: 'touchpoint', code: 'touchpoint.unknown' },
      ])
    }
  }
}
