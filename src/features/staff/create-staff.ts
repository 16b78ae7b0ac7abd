import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, type FieldIssue, invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, StaffId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { assertCompatible, assertMayAppoint, assertOpen } from './appointment.ts'
import type { RoleAssignment } from './role-assignment.ts'
import { newToken, tokenHash } from './secret-token.ts'
import type { StaffStores } from './staff-store.ts'

export interface CreateStaff {
  readonly actor: Actor
  readonly login: string
  readonly displayName: string
  readonly roles: readonly RoleAssignment[]
  readonly evidence?: Evidence
}

export interface StaffCreated {
  readonly staffId: StaffId
  /** Shown once, to whoever hands it over; the house keeps its hash. */
  readonly enrolmentToken: string
  readonly expiresAt: Date
}

const loginShape = /^[a-z0-9](?:[a-z0-9._@+-]{0,98}[a-z0-9])?$/

/** `Ana.Ruiz@tienda.example ` and `ana.ruiz@tienda.example` are one login. */
export const canonicalLogin = (login: string): string => login.normalize('NFKC').trim().toLowerCase()

function parse({ login, displayName }: CreateStaff) {
  const canonical = canonicalLogin(login)
  const name = displayName.normalize('NFC').trim()
  const issues: FieldIssue[] = []
  if (!loginShape.test(canonical)) issues.push({ field: 'login', code: 'login.shape' })
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    issues.push({ field: 'name', code: 'name.shape' })
  }
  if (issues.length > 0) throw invalid('staff-invalid', 'Login or name is not acceptable.', issues)
  return { login: canonical, displayName: name }
}

/**
 * An account for somebody who works here, with the link by which they make their first passkey. Everybody but the very
 * first is created by an administrator, who cannot hand out more than they may (R105).
 */
export async function createStaff(
  deps: { readonly work: Work<StaffStores>; readonly clock: Clock; readonly entropy: Entropy },
  command: CreateStaff,
): Promise<StaffCreated> {
  const { login, displayName } = parse(command)
  if (command.roles.length === 0) throw invalid('role-missing', 'An account needs at least one role.')
  assertCompatible(command.roles)
  const staffId = deps.entropy.id<'staff'>()
  const enrolmentToken = newToken(deps.entropy)
  return deps.work(async ({ staff, audit }) => {
    const at = deps.clock.now()
    const tree = await staff.touchpointTree()
    assertOpen(tree, command.roles)
    await assertMayAppoint(staff, tree, command.actor, undefined, command.roles)
    if (!(await staff.insert({ staffId, login, displayName, createdAt: at }))) {
      throw conflict('login-taken', 'There is already an account with this login.')
    }
    for (const role of command.roles) await staff.addRole(staffId, role, at)
    const expiresAt = await staff.addEnrolment(tokenHash('staff-enrolment', enrolmentToken), staffId, at)
    await audit.record({
      action: 'staff.created',
      actor: command.actor,
      at,
      about: `staff:${staffId}`,
      facts: { roles: command.roles.map(({ role, touchpointId }) => `${role}@${touchpointId ?? '*'}`) },
      ...(command.evidence === undefined ? {} : { evidence: command.evidence }),
    })
    return { staffId, enrolmentToken, expiresAt }
  })
}
