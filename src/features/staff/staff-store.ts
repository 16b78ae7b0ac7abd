import type { Assurance } from '../../kernel/actor.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { TouchpointTree } from '../../kernel/touchpoint.ts'
import type { RoleAssignment } from './role-assignment.ts'

export interface NewStaff {
  readonly staffId: StaffId
  readonly login: string
  readonly displayName: string
  readonly createdAt: Date
}

export interface NewStaffPasskey {
  readonly credentialId: Uint8Array
  readonly staffId: StaffId
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly backupEligible: boolean
  readonly backedUp: boolean
  readonly name: string
  readonly createdAt: Date
}

export interface LockedStaff {
  readonly staffId: StaffId
  readonly active: boolean
  readonly assignments: readonly RoleAssignment[]
}

/**
 * Port: staff accounts within one unit of work. Promises: logins are unique, and so are credential ids; `lock` holds the
 * account until the unit ends, so that two parallel changes of its roles are judged one after the other; enrolments are
 * consumed by one statement that lets exactly one of many callers through; what has a lifetime is measured by the
 * database's clock, which all processes share.
 */
export interface StaffStore {
  /** False when the login is taken. */
  insert(staff: NewStaff): Promise<boolean>
  findByLogin(login: string): Promise<StaffId | undefined>
  lock(staffId: StaffId): Promise<LockedStaff | undefined>
  /** The open ones: a role at a place that closed reaches nothing. */
  touchpointTree(): Promise<TouchpointTree>
  /** False when the role was already held there. */
  addRole(staffId: StaffId, assignment: RoleAssignment, at: Date): Promise<boolean>
  /** False when it was not held. */
  removeRole(staffId: StaffId, assignment: RoleAssignment): Promise<boolean>

  /** Replaces every open enrolment of the account: the newest link is the only one that works. Returns its end. */
  addEnrolment(tokenHash: Uint8Array, staffId: StaffId, at: Date): Promise<Date>
  consumeEnrolment(tokenHash: Uint8Array): Promise<StaffId | undefined>
  /** False when the credential id is already known. */
  addPasskey(passkey: NewStaffPasskey): Promise<boolean>
  /** False when the counter did not move on: two copies of the key, or a replay (WebAuthn L3 7.2 step 22). */
  usePasskey(credentialId: Uint8Array, counter: number, backedUp: boolean, at: Date): Promise<boolean>

  addSession(session: { hash: Uint8Array; staffId: StaffId; assurance: Assurance; at: Date }): Promise<void>
  /** Whose session it was; undefined when it was not open. */
  endSession(hash: Uint8Array): Promise<StaffId | undefined>
  /** Ends all of an account's sessions, and says how many. */
  endSessionsOf(staffId: StaffId): Promise<number>
}

export interface StaffStores {
  readonly staff: StaffStore
}
