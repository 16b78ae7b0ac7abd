import type { StaffRole } from '../../kernel/actor.ts'

/** A role, and where it holds. Without a touchpoint it holds in the whole house. */
export interface RoleAssignment {
  readonly role: StaffRole
  readonly touchpointId: string | undefined
}

export const staffRoles = [
  'admin',
  'dpo',
  'agent',
  'store-manager',
  'store-staff',
] as const satisfies readonly StaffRole[]

/** Roles that one person must not hold together (R102): whoever is watched cannot be the one who watches. */
const incompatible: readonly (readonly [StaffRole, StaffRole])[] = [
  ['admin', 'dpo'],
  ['dpo', 'agent'],
  ['admin', 'agent'],
]

/** The first pair that must not meet in one person, if any. */
export const incompatiblePair = (roles: readonly StaffRole[]): readonly [StaffRole, StaffRole] | undefined =>
  incompatible.find(([one, other]) => roles.includes(one) && roles.includes(other))

/**
 * Which roles a role may hand out, within its own scope. Following the arrows never leads further than the first step
 * (R105), and nobody in the house hands out `dpo`: the officer is appointed by command, since an administrator who can
 * appoint or dismiss the officer would break their independence (GDPR Art. 38(3)).
 */
export const handedOutBy: Readonly<Record<StaffRole, readonly StaffRole[]>> = {
  admin: ['admin', 'agent', 'store-manager', 'store-staff'],
  dpo: [],
  agent: [],
  'store-manager': ['store-staff'],
  'store-staff': [],
}
