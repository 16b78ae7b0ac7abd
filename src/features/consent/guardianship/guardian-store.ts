import type { Id, SubjectId } from '../../../kernel/ids.ts'

export type InvitationId = Id<'guardian-invitation'>

/** How well parental responsibility was shown: by whoever reads the mailbox, or by a proof of identity. */
export type GuardianGrade = 'mailbox' | 'strong'

export interface GuardianInvitation {
  readonly subjectId: SubjectId
  readonly invitationId: InvitationId
  /** The guardian's address, sealed with the child's key. */
  readonly sealedAddress: Uint8Array
  readonly language: string
  readonly invitedAt: Date
  readonly expiresAt: Date
  readonly answeredAt: Date | undefined
}

export interface Guardianship {
  readonly subjectId: SubjectId
  /** Names the guardian within the house; it need not be an account. */
  readonly guardianId: SubjectId
  readonly invitationId: InvitationId
  readonly grade: GuardianGrade
  readonly sealedEvidence: Uint8Array
  readonly verifiedAt: Date
}

export interface GuardianReads {
  invitation(subjectId: SubjectId, invitationId: InvitationId): Promise<GuardianInvitation | undefined>
  /** The newest, open or not, for the child's own page. */
  latestInvitation(subjectId: SubjectId): Promise<GuardianInvitation | undefined>
  guardianOf(subjectId: SubjectId, guardianId: SubjectId): Promise<Guardianship | undefined>
  byInvitation(subjectId: SubjectId, invitationId: InvitationId): Promise<Guardianship | undefined>
}

/** Port. Promises: an invitation leads to one guardianship at most; rows are only ever of the child named. */
export interface GuardianStore {
  invite(invitation: GuardianInvitation): Promise<void>
  markSent(subjectId: SubjectId, invitationId: InvitationId, at: Date): Promise<void>
  /** False when the invitation has a guardian already. */
  verify(guardianship: Guardianship): Promise<boolean>
  end(subjectId: SubjectId, guardianId: SubjectId, at: Date): Promise<boolean>
}

export interface GuardianStores {
  readonly guardians: GuardianStore
}

/** The cells that a guardian's particulars are sealed into. */
export const invitationPlace = (invitationId: InvitationId) => ({
  table: 'guardian_invitations',
  column: 'sealed_address',
  row: invitationId,
})
export const guardianshipPlace = (guardianId: SubjectId) => ({
  table: 'guardianships',
  column: 'sealed_evidence',
  row: guardianId,
})
