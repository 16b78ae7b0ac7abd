import type { Knex } from 'knex'
import type { IdentifierId, StaffId, SubjectId } from '../../kernel/ids.ts'
import type {
  Enrolment,
  EnrolmentId,
  EnrolmentOutcome,
  EnrolmentReads,
  EnrolmentRef,
  EnrolmentStore,
  EnrolStores,
} from './enrol-store.ts'

interface Row {
  subject_id: SubjectId
  enrolment_id: EnrolmentId
  identifier_id: IdentifierId | null
  newcomer: boolean
  touchpoint_id: string
  staff_id: StaffId
  language: string
  created_at: Date
  opened_at: Date | null
  answered_at: Date | null
  sealed_answers: Buffer | null
  outcome: EnrolmentOutcome | null
  mail_hash: string | null
  ended_at: Date | null
  expires_at: Date
}

const fromRow = (row: Row): Enrolment => ({
  subjectId: row.subject_id,
  enrolmentId: row.enrolment_id,
  identifierId: row.identifier_id ?? undefined,
  newcomer: row.newcomer,
  touchpointId: row.touchpoint_id,
  staffId: row.staff_id,
  language: row.language,
  createdAt: row.created_at,
  openedAt: row.opened_at ?? undefined,
  answeredAt: row.answered_at ?? undefined,
  sealedAnswers: row.sealed_answers ?? undefined,
  outcome: row.outcome ?? undefined,
  mailHash: row.mail_hash ?? undefined,
  expiresAt: row.expires_at,
})

const named = ({ subjectId, enrolmentId }: EnrolmentRef) => ({
  subject_id: subjectId,
  enrolment_id: enrolmentId,
})

export const pgEnrolmentReads = (db: Knex): EnrolmentReads => ({
  find: async (ref) => {
    const row = await db<Row>('store_enrolments').first().where(named(ref))
    return row && fromRow(row)
  },
  of: async (subjectId) => {
    const rows = await db<Row>('store_enrolments').where({ subject_id: subjectId }).orderBy('created_at')
    return rows.map(fromRow)
  },
  expired: async (now, most) => {
    const rows = await db<Row>('store_enrolments')
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(most)
    return rows.map(fromRow)
  },
  undone: async (before, most, except) => {
    const rows = await db<Row>('store_enrolments')
      .where({ outcome: 'proven' })
      .whereNotNull('sealed_answers')
      .where('ended_at', '<=', before)
      .whereRaw('enrolment_id <> all (?::uuid[])', [[...except]])
      .orderBy('ended_at')
      .limit(most)
    return rows.map(fromRow)
  },
})

const pgEnrolmentStore = (trx: Knex.Transaction): EnrolmentStore => {
  const open = (ref: EnrolmentRef) => trx<Row>('store_enrolments').where(named(ref)).whereNull('outcome')
  return {
    ...pgEnrolmentReads(trx),
    insert: async (enrolment) => {
      await trx('store_enrolments').insert({
        ...named(enrolment),
        identifier_id: enrolment.identifierId ?? null,
        newcomer: enrolment.newcomer,
        touchpoint_id: enrolment.touchpointId,
        staff_id: enrolment.staffId,
        language: enrolment.language,
        mail_hash: enrolment.mailHash ?? null,
        created_at: enrolment.createdAt,
        expires_at: enrolment.expiresAt,
      })
    },
    open: async (ref, at) => (await open(ref).whereNull('opened_at').update({ opened_at: at })) === 1,
    answer: async (ref, sealed, at) =>
      (await open(ref)
        .whereNotNull('opened_at')
        .whereNull('answered_at')
        .update({
          answered_at: at,
          sealed_answers: sealed === undefined ? null : Buffer.from(sealed),
        })) === 1,
    prove: async (ref, sealed, at) =>
      (await open(ref).update({
        outcome: 'proven',
        ended_at: at,
        sealed_answers: sealed === undefined ? null : Buffer.from(sealed),
      })) === 1,
    end: async (ref, outcome, at) =>
      (await open(ref).update({ outcome, ended_at: at, sealed_answers: null })) === 1,
    dropAnswers: async (ref) => {
      await trx<Row>('store_enrolments').where(named(ref)).update({ sealed_answers: null })
    },
    remove: async (ref) => (await trx('store_enrolments').where(named(ref)).delete()) === 1,
  }
}

export const pgEnrolStores = (trx: Knex.Transaction): EnrolStores => ({ enrolments: pgEnrolmentStore(trx) })
