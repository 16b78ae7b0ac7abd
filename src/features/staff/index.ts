/**
 * Staff: the people who work here, apart from the customers. Accounts, roles with the touchpoint where they hold, the one
 * authorization matrix, passkeys and sessions. Customers and staff share no table, no cookie and no session, so nothing
 * that goes wrong with one kind of account can turn into the other. No role here can say yes for a customer.
 */

export { assertMayAt } from './assert-may-at.ts'
export { grantRole, revokeRole } from './change-role.ts'
export { createStaff, type StaffCreated } from './create-staff.ts'
export { endStaffSession } from './end-staff-session.ts'
export { beginEnrolment, enrolStaffPasskey, findEnrolment } from './enrol-staff-passkey.ts'
export { findCallAgent } from './find-call-agent.ts'
export { findStaffSession } from './find-staff-session.ts'
export { issueEnrolment } from './issue-enrolment.ts'
export { holdsPower, may, mayHandOut } from './may.ts'
export { pgStaffChallenges } from './pg-staff-challenges.ts'
export { pgStaffDirectory } from './pg-staff-directory.ts'
export { pgStaffStores } from './pg-staff-store.ts'
export { type Power, powersOf, powersOfEveryone, powersOfRole } from './powers.ts'
export type { RelyingParty } from './relying-party.ts'
export { handedOutBy, incompatiblePair, type RoleAssignment, staffRoles } from './role-assignment.ts'
export { covers } from './scope.ts'
export { beginStaffSignIn, signInStaff } from './sign-in-staff.ts'
export type { StaffChallenges } from './staff-challenges.ts'
export type { StaffDirectory } from './staff-directory.ts'
export type { StaffStores } from './staff-store.ts'
