import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createStaff,
  findEnrolment,
  findStaffSession,
  grantRole,
  issueEnrolment,
  revokeRole,
} from '../../../src/features/staff/index.ts'
import { byCommand, type StaffHouse, startStaffHouse } from './staff-house.ts'

let house: StaffHouse
beforeAll(async () => {
  house = await startStaffHouse()
})
afterAll(() => house.stop())

const everywhere = undefined

test('Ana is created by command with a link that is kept only as a hash', async () => {
  const { staffId, enrolmentToken } = await house.hire('Ana@Tienda.Example', {
    role: 'admin',
    touchpointId: everywhere,
  })
  const [row] = await house.owner('staff').where({ staff_id: staffId })
  expect(row.login).toBe('ana@tienda.example')
  const [kept] = await house.owner('staff_enrolments').where({ staff_id: staffId })
  expect(kept.token_hash).toHaveLength(32)
  expect(kept.token_hash.toString('base64url')).not.toBe(enrolmentToken)
  expect(kept.token_hash.equals(Buffer.from(enrolmentToken, 'base64url'))).toBe(false)
  expect(kept.expires_at.getTime() - Date.now()).toBeGreaterThan(23.9 * 3_600_000)
  expect(await house.trailOf(staffId)).toEqual(['staff.created'])
})

test('a login is unique however it is spelled, and an account needs a role, a name and a login', async () => {
  await house.hire('unique', { role: 'agent', touchpointId: everywhere })
  await expect(house.hire(' UNIQUE ', { role: 'agent', touchpointId: everywhere })).rejects.toMatchObject({
    code: 'login-taken',
  })
  await expect(house.hire('nobody')).rejects.toMatchObject({ code: 'role-missing' })
  await expect(
    createStaff(house.deps, {
      actor: byCommand,
      login: 'a b',
      displayName: ' ',
      roles: [{ role: 'agent', touchpointId: everywhere }],
    }),
  ).rejects.toMatchObject({ issues: [{ field: 'login' }, { field: 'name' }] })
})

test('a role is refused at a touchpoint that does not exist', async () => {
  await expect(house.hire('lost', { role: 'agent', touchpointId: 'atlantis' })).rejects.toMatchObject({
    code: 'touchpoint-unknown',
  })
})

test('the administrator of one brand appoints nobody in another brand, nobody in the whole house, and no officer (R105)', async () => {
  const bruno = await house.settle('bruno', { role: 'admin', touchpointId: 'norte' })
  const appoint = (role: 'admin' | 'agent' | 'dpo' | 'store-staff', touchpointId: string | undefined) =>
    createStaff(house.deps, {
      actor: bruno.actor,
      login: `by-bruno-${role}-${touchpointId}`,
      displayName: 'Somebody',
      roles: [{ role, touchpointId }],
    })
  await expect(appoint('agent', 'vigo')).resolves.toBeDefined()
  await expect(appoint('agent', 'cadiz')).rejects.toMatchObject({ code: 'more-than-own' })
  await expect(appoint('admin', everywhere)).rejects.toMatchObject({ code: 'more-than-own' })
  await expect(appoint('dpo', 'norte')).rejects.toMatchObject({ code: 'more-than-own' })
})

test('what an actor claims to be does not count: only the roles that the database holds do (R105, R106)', async () => {
  const eva = await house.settle('eva', { role: 'store-staff', touchpointId: 'vigo' })
  const claimed = { ...eva.actor, roles: ['admin'] as const }
  const roles = [{ role: 'store-staff' as const, touchpointId: 'vigo' }]
  await expect(
    createStaff(house.deps, { actor: claimed, login: 'by-eva', displayName: 'By Eva', roles }),
  ).rejects.toMatchObject({ code: 'more-than-own' })
  await expect(
    createStaff(house.deps, {
      actor: { kind: 'client', clientId: 'crm' },
      login: 'x',
      displayName: 'X',
      roles,
    }),
  ).rejects.toMatchObject({ code: 'not-staff' })
})

test('nobody changes their own roles, however many they may hand out', async () => {
  const carmen = await house.settle('carmen', { role: 'admin', touchpointId: everywhere })
  const change = {
    actor: carmen.actor,
    staffId: carmen.staffId,
    assignment: { role: 'agent' as const, touchpointId: everywhere },
  }
  await expect(grantRole(house.deps, change)).rejects.toMatchObject({ code: 'own-account' })
})

test('an enrolment link for somebody of another brand is refused, because it would be a way into that account (R77, VC9)', async () => {
  const david = await house.settle('david', { role: 'admin', touchpointId: 'norte' })
  await house.hire('cadiz-manager', { role: 'store-manager', touchpointId: 'cadiz' })
  await house.hire('vigo-manager', { role: 'store-manager', touchpointId: 'vigo' })
  await house.hire('officer', { role: 'dpo', touchpointId: 'norte' })
  const issue = (login: string) => issueEnrolment(house.deps, { actor: david.actor, login })
  await expect(issue('cadiz-manager')).rejects.toMatchObject({ code: 'more-than-own' })
  await expect(issue('officer')).rejects.toMatchObject({ code: 'more-than-own' })
  await expect(issue('vigo-manager')).resolves.toBeDefined()
})

test('a new link makes the one before it worthless', async () => {
  const first = await house.hire('elena', { role: 'agent', touchpointId: everywhere })
  const second = await issueEnrolment(house.deps, { actor: byCommand, login: 'elena' })
  await expect(findEnrolment(house.deps, first.enrolmentToken)).rejects.toMatchObject({
    code: 'enrolment-gone',
  })
  await expect(findEnrolment(house.deps, second.enrolmentToken)).resolves.toMatchObject({
    displayName: 'elena',
  })
})

test('nobody becomes administrator and officer, not even by two commands at the same moment (R102)', async () => {
  const { staffId } = await house.hire('fatima', { role: 'store-staff', touchpointId: 'vigo' })
  const grant = (role: 'admin' | 'dpo' | 'agent') =>
    grantRole(house.deps, { actor: byCommand, staffId, assignment: { role, touchpointId: everywhere } })
  const outcomes = await Promise.allSettled([grant('admin'), grant('dpo'), grant('agent')])
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const held = await house
    .owner('staff_roles')
    .where({ staff_id: staffId })
    .whereIn('role', ['admin', 'dpo', 'agent'])
  expect(held).toHaveLength(1)
})

test('a change of roles ends the sessions of the person, and the trail says who changed what (R32)', async () => {
  const admin = await house.settle('gema', { role: 'admin', touchpointId: everywhere })
  const hugo = await house.settle('hugo', { role: 'store-staff', touchpointId: 'vigo' })
  const { sessionToken } = await hugo.signIn()
  expect(await findStaffSession(house.deps, sessionToken)).toMatchObject({ displayName: 'hugo' })
  const assignment = { role: 'store-manager' as const, touchpointId: 'vigo' }
  await grantRole(house.deps, { actor: admin.actor, staffId: hugo.staffId, assignment, reason: 'promotion' })
  expect(await findStaffSession(house.deps, sessionToken)).toBeUndefined()
  const again = await hugo.signIn()
  expect(await findStaffSession(house.deps, again.sessionToken)).toMatchObject({
    assignments: [
      { role: 'store-manager', touchpointId: 'vigo', touchpointName: 'Tienda Norte Vigo' },
      { role: 'store-staff', touchpointId: 'vigo' },
    ],
  })
  await revokeRole(house.deps, { actor: admin.actor, staffId: hugo.staffId, assignment })
  await expect(
    revokeRole(house.deps, { actor: admin.actor, staffId: hugo.staffId, assignment }),
  ).rejects.toMatchObject({ code: 'role-not-held' })
  expect(await house.trailOf(hugo.staffId)).toEqual([
    'staff.created',
    'staff.passkey-enrolled',
    'staff.signed-in',
    'staff.role-granted',
    'staff.signed-in',
    'staff.role-revoked',
  ])
})
