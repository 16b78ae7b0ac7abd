import { type Actor, type Assurance, meets } from '../../kernel/actor.ts'
import type { TouchpointTree } from '../../kernel/touchpoint.ts'
import { type Power, powersOf, powersOfEveryone, powersOfRole } from './powers.ts'
import { handedOutBy, type RoleAssignment } from './role-assignment.ts'
import { covers } from './scope.ts'

/** Staff prove themselves with a passkey or not at all: it is the only credential that cannot be phished (R120). */
const neededAssurance: Assurance = 'passkey'

export type Permission =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly why: 'assurance-too-low' | 'power-missing' | 'out-of-scope' }

/** May somebody with these roles use this power at this touchpoint? Pure; everything else about it is wiring. */
export function may(
  who: { readonly assignments: readonly RoleAssignment[]; readonly assurance: Assurance },
  power: Power,
  touchpointId: string | undefined,
  tree: TouchpointTree,
): Permission {
  if (!meets(who.assurance, neededAssurance)) return { allowed: false, why: 'assurance-too-low' }
  if (powersOfEveryone.includes(power)) return { allowed: true }
  const holding = who.assignments.filter(({ role }) => powersOfRole[role].includes(power))
  if (holding.length === 0) return { allowed: false, why: 'power-missing' }
  return holding.some((one) => covers(tree, one.touchpointId, touchpointId))
    ? { allowed: true }
    : { allowed: false, why: 'out-of-scope' }
}

/** May somebody with these roles hand out this one (R105)? Never more than they may, never outside their scope. */
export function mayHandOut(
  assignments: readonly RoleAssignment[],
  wanted: RoleAssignment,
  tree: TouchpointTree,
): boolean {
  return assignments.some(
    (held) =>
      handedOutBy[held.role].includes(wanted.role) && covers(tree, held.touchpointId, wanted.touchpointId),
  )
}

/** The guard's question, before it is known what the request is about: does any role of this actor hold the power? */
export const holdsPower = (actor: Actor, power: string): boolean =>
  actor.kind === 'staff' &&
  meets(actor.assurance, neededAssurance) &&
  powersOf(actor.roles).some((held) => held === power)
