import type { Knex } from 'knex'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { LiftNoticeId, LiftNoticeReads, LiftNoticeStore } from './restriction-notice-store.ts'

interface Row {
  subject_id: SubjectId
  notice_id: LiftNoticeId
  scope: string[]
  announced_at: Date
  told_at: Date | null
  lifted_at: Date | null
}

const table = 'restriction_lift_notices'

export const pgLiftNoticeStore = (trx: Knex.Transaction): LiftNoticeStore => ({
  announce: async (notice) => {
    const inserted = await trx(table)
      .insert({
        subject_id: notice.subjectId,
        notice_id: notice.noticeId,
        scope: [...notice.scope],
        announced_at: notice.announcedAt,
      })
      .onConflict(['subject_id', 'notice_id'])
      .ignore()
      .returning('notice_id')
    return inserted.length > 0
  },
  markTold: async (subjectId, noticeId, { at, by, message, template }) => {
    await trx(table)
      .where({ subject_id: subjectId, notice_id: noticeId })
      .whereNull('told_at')
      .update({
        told_at: at,
        told_by: by,
        message: message ?? null,
        template: template === undefined ? null : Buffer.from(template, 'base64url'),
      })
  },
  markLifted: async (subjectId, noticeId, at) => {
    await trx(table)
      .where({ subject_id: subjectId, notice_id: noticeId })
      .whereNull('lifted_at')
      .update({ lifted_at: at })
  },
})

export const pgLiftNoticeReads = (lane: Knex): LiftNoticeReads => ({
  of: async (subjectId) =>
    (await lane<Row>(table).where({ subject_id: subjectId }).orderBy('announced_at')).map((row) => ({
      subjectId: row.subject_id,
      noticeId: row.notice_id,
      scope: row.scope,
      announcedAt: row.announced_at,
      toldAt: row.told_at ?? undefined,
      liftedAt: row.lifted_at ?? undefined,
    })),
})
