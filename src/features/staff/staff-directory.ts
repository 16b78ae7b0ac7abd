import type { Assurance, StaffRole } from '../../kernel/actor.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { RoleAssignment } from './role-assignment.ts'

export interface StaffSession {
  readonly staffId: StaffId
  readonly login: string
  readonly displayName: string
  readonly assurance: Assurance
  readonly authenticatedAt: Date
  /** How long nobody was at it, at the most; the pause until now counts, too. */
  readonly longestPauseSeconds: number
  readonly assignments: readonly (RoleAssignment & { readonly touchpointName: string | undefined })[]
}

export interface KnownStaffPasskey {
  readonly staffId: StaffId
  readonly publicKey: Uint8Array
  readonly counter: number
  readonly transports: readonly string[]
  readonly backupEligible: boolean
}

export interface OpenEnrolment {
  readonly staffId: StaffId
  readonly login: string
  readonly displayName: string
  readonly expiresAt: Date
  readonly roles: readonly StaffRole[]
  /** Credential ids the person already has, so that one device is not enrolled twice. */
  readonly credentialIds: readonly Uint8Array[]
}

/**
 * Port: what is read of staff outside a unit of work. Promises: a session is found only while it is open, less than 30
 * minutes idle and less than 10 hours old by the database's clock, and its account is active; finding it keeps it awake
 * where a person did something (`attended`), and a pause once measured is never forgotten; its roles are those of this moment, not of the sign-in. Passkeys and enrolments of disabled accounts are not found.
 */
export interface StaffDirectory {
  session(hash: Uint8Array, at: { readonly attended: boolean }): Promise<StaffSession | undefined>
  passkey(credentialId: Uint8Array): Promise<KnownStaffPasskey | undefined>
  enrolment(tokenHash: Uint8Array): Promise<OpenEnrolment | undefined>
  /** The active account of this login, if it is a data protection officer's today. */
  officer(login: string): Promise<StaffId | undefined>
  /** What an active account holds today; undefined for any other. */
  assignments(staffId: StaffId): Promise<readonly RoleAssignment[] | undefined>
}
