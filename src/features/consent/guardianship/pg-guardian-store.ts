import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import type {
  GuardianGrade,
  GuardianInvitation,
  GuardianReads,
  GuardianStore,
  Guardianship,
  InvitationId,
} from './guardian-store.ts'

interface InvitationRow {
  subject_id: SubjectId
  invitation_id: InvitationId
  sealed_address: Buffer
  language: string
  invited_at: Date
  expires_at: Date
  answered_at: Date | null
}

interface GuardianshipRow {
  subject_id: SubjectId
  guardian_id: SubjectId
  invitation_id: InvitationId
  grade: GuardianGrade
  sealed_evidence: Buffer
  verified_at: Date
  ended_at: Date | null
}

const invitationFrom = (row: InvitationRow): GuardianInvitation => ({
  subjectId: row.subject_id,
  invitationId: row.invitation_id,
  sealedAddress: row.sealed_address,
  language: row.language,
  invitedAt: row.invited_at,
  expiresAt: row.expires_at,
  answeredAt: row.answered_at ?? undefined,
})

const guardianshipFrom = (row: GuardianshipRow): Guardianship => ({
  subjectId: row.subject_id,
  guardianId: row.guardian_id,
  invitationId: row.invitation_id,
  grade: row.grade,
  sealedEvidence: row.sealed_evidence,
  verifiedAt: row.verified_at,
})

export const pgGuardianStore = (trx: Knex.Transaction): GuardianStore => ({
  invite: async (invitation) => {
    await trx('guardian_invitations').insert({
      subject_id: invitation.subjectId,
      invitation_id: invitation.invitationId,
      sealed_address: Buffer.from(invitation.sealedAddress),
      language: invitation.language,
      invited_at: invitation.invitedAt,
      expires_at: invitation.expiresAt,
    })
  },
  markSent: async (subjectId, invitationId, at) => {
    await trx('guardian_invitations')
      .where({ subject_id: subjectId, invitation_id: invitationId })
      .update({ sent_at: at })
  },
  verify: async (guardianship) => {
    const kept = await trx('guardianships')
      .insert({
        subject_id: guardianship.subjectId,
        guardian_id: guardianship.guardianId,
        invitation_id: guardianship.invitationId,
        grade: guardianship.grade,
        sealed_evidence: Buffer.from(guardianship.sealedEvidence),
        verified_at: guardianship.verifiedAt,
      })
      .onConflict(['subject_id', 'invitation_id'])
      .ignore()
      .returning('guardian_id')
    if (kept.length === 0) return false
    await trx('guardian_invitations')
      .where({ subject_id: guardianship.subjectId, invitation_id: guardianship.invitationId })
      .update({ answered_at: guardianship.verifiedAt })
    return true
  },
  end: async (subjectId, guardianId, at) => {
    const ended = await trx('guardianships')
      .where({ subject_id: subjectId, guardian_id: guardianId })
      .whereNull('ended_at')
      .update({ ended_at: at })
    return ended > 0
  },
})

export const pgGuardianReads = (lane: Knex): GuardianReads => {
  const standing = (where: Partial<GuardianshipRow>) =>
    lane<GuardianshipRow>('guardianships').where(where).whereNull('ended_at').first()
  return {
    invitation: async (subjectId, invitationId) => {
      const row = await lane<InvitationRow>('guardian_invitations')
        .where({ subject_id: subjectId, invitation_id: invitationId })
        .first()
      return row === undefined ? undefined : invitationFrom(row)
    },
    latestInvitation: async (subjectId) => {
      const row = await lane<InvitationRow>('guardian_invitations')
        .where({ subject_id: subjectId })
        .orderBy('invited_at', 'desc')
        .first()
      return row === undefined ? undefined : invitationFrom(row)
    },
    guardianOf: async (subjectId, guardianId) => {
      const row = await standing({ subject_id: subjectId, guardian_id: guardianId })
      return row === undefined ? undefined : guardianshipFrom(row)
    },
    byInvitation: async (subjectId, invitationId) => {
      const row = await standing({ subject_id: subjectId, invitation_id: invitationId })
      return row === undefined ? undefined : guardianshipFrom(row)
    },
  }
}
