import type { Knex } from 'knex'
import { nilUuid, type SubjectId } from '../../../kernel/ids.ts'
import type {
  ConfirmationId,
  ConfirmationOutcome,
  ConfirmationReads,
  ConfirmationStore,
  StoredConfirmation,
  Unasked,
} from './confirmation-store.ts'

interface Row {
  subject_id: SubjectId
  event_id: string
  confirmation_id: ConfirmationId
  contact_channel: 'email' | 'sms'
  contact_point: string
  language: string
  requested_at: Date
  expires_at: Date
  sent_at: Date | null
  sent_message: string | null
  sent_template: Buffer | null
  reminded_at: Date | null
  closed_at: Date | null
  outcome: ConfirmationOutcome | null
}

const fromRow = (row: Row): StoredConfirmation => ({
  subjectId: row.subject_id,
  eventId: row.event_id,
  confirmationId: row.confirmation_id,
  contactChannel: row.contact_channel,
  contactPoint: row.contact_point,
  language: row.language,
  requestedAt: row.requested_at,
  expiresAt: row.expires_at,
  sent:
    row.sent_at === null
      ? undefined
      : {
          at: row.sent_at,
          message: row.sent_message ?? '',
          template: row.sent_template?.toString('base64url') ?? '',
        },
  remindedAt: row.reminded_at ?? undefined,
  outcome: row.outcome ?? undefined,
})

export const pgConfirmationStore = (trx: Knex.Transaction): ConfirmationStore => ({
  claim: async (confirmations) => {
    const claimed = await trx('consent_confirmations')
      .insert(
        confirmations.map((one) => ({
          subject_id: one.subjectId,
          event_id: one.eventId,
          confirmation_id: one.confirmationId,
          contact_channel: one.contactChannel,
          contact_point: one.contactPoint,
          language: one.language,
          requested_at: one.requestedAt,
          expires_at: one.expiresAt,
        })),
      )
      .onConflict(['subject_id', 'event_id'])
      .ignore()
      .returning('event_id')
    return claimed.map((row: { event_id: string }) => row.event_id)
  },
  markSent: async (subjectId, confirmationId, { at, message, template }) => {
    await trx('consent_confirmations')
      .where({ subject_id: subjectId, confirmation_id: confirmationId })
      .update({ sent_at: at, sent_message: message, sent_template: Buffer.from(template, 'base64url') })
  },
  claimReminder: async (subjectId, confirmationId, at) => {
    const claimed = await trx('consent_confirmations')
      .where({ subject_id: subjectId, confirmation_id: confirmationId })
      .whereNull('reminded_at')
      .whereNull('closed_at')
      .update({ reminded_at: at })
    return claimed > 0
  },
  putOff: async (subjectId, confirmationId, until) => {
    await trx('consent_confirmations')
      .where({ subject_id: subjectId, confirmation_id: confirmationId })
      .update({ put_off_until: until })
  },
  close: async (subjectId, confirmationId, outcome, at) => {
    const closed = await trx('consent_confirmations')
      .where({ subject_id: subjectId, confirmation_id: confirmationId })
      .whereNull('closed_at')
      .update({ closed_at: at, outcome })
    return closed > 0
  },
})

/** When a confirmation is next to be looked at; the index of open ones is in this order. */
const turn = 'coalesce(put_off_until, requested_at)'

/* Consent is read from the primary: `lane` is never a replica. */
export const pgConfirmationReads = (lane: Knex): ConfirmationReads => ({
  of: async (subjectId) =>
    (await lane<Row>('consent_confirmations').where({ subject_id: subjectId }).orderBy('requested_at')).map(
      fromRow,
    ),
  unasked: async (now, most, after) => {
    const rows = await lane('permissions as p')
      .join('consent_events as e', (same) =>
        same.on('e.subject_id', 'p.subject_id').andOn('e.event_id', 'p.evidence_event_id'),
      )
      .select('p.subject_id')
      .min({ since: 'e.recorded_at' })
      .where('p.reason', 'DOUBLE_OPT_IN_MISSING')
      .where('p.valid_until', '>', now)
      .whereNot('p.contact_point', nilUuid)
      .whereNotExists((asked) =>
        asked
          .from('consent_confirmations as c')
          .whereRaw('c.subject_id = p.subject_id and c.event_id = p.evidence_event_id'),
      )
      .groupBy('p.subject_id')
      .modify((page) => {
        if (after === undefined) return
        page.havingRaw('(min(e.recorded_at), p.subject_id) > (?, ?)', [after.since, after.subjectId])
      })
      .orderBy([{ column: 'since' }, { column: 'p.subject_id' }])
      .limit(most)
    return rows.map(
      (row: { subject_id: SubjectId; since: Date }): Unasked => ({
        subjectId: row.subject_id,
        since: row.since,
      }),
    )
  },
  due: async ({ now, unsentBefore, sentBefore }, most) => {
    const rows = await lane('consent_confirmations')
      .distinct(lane.raw(`${turn} as turn`), 'subject_id', 'confirmation_id', 'requested_at')
      .whereNull('closed_at')
      .whereRaw(`${turn} <= ?`, [now])
      .where((over) =>
        over
          .where('expires_at', '<=', now)
          .orWhere((unsent) => unsent.whereNull('sent_at').where('requested_at', '<=', unsentBefore))
          .orWhere((quiet) => quiet.where('sent_at', '<=', sentBefore).whereNull('reminded_at')),
      )
      .orderBy(['turn', 'subject_id', 'confirmation_id'])
      .limit(most)
    return rows.map((row: Pick<Row, 'subject_id' | 'confirmation_id' | 'requested_at'>) => ({
      subjectId: row.subject_id,
      confirmationId: row.confirmation_id,
      requestedAt: row.requested_at,
    }))
  },
})
