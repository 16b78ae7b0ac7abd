import type { TableEntry } from './table-entry.ts'

/** What a shop's staff begins, and the customer finishes. */
export const storeTables: Readonly<Record<string, TableEntry>> = {
  store_enrolments: {
    room: 'store-visits',
    application: 'change',
    ofSubject: true,
    retention: 'three days after it began',
    onErasure: 'delete',
    columns: {
      subject_id: 'internal',
      enrolment_id: 'internal',
      identifier_id: 'internal',
      newcomer: 'internal',
      touchpoint_id: 'personal',
      staff_id: 'internal',
      language: 'personal',
      created_at: 'personal',
      opened_at: 'personal',
      answered_at: 'personal',
      sealed_answers: 'personal',
      mail_hash: 'internal',
      outcome: 'personal',
      ended_at: 'personal',
      expires_at: 'internal',
    },
  },
  store_receipt_mails: {
    room: 'store-visits',
    application: 'change',
    ofSubject: false,
    retention: 'until the mail has left, a day at most',
    onErasure: 'not personal',
    columns: {
      receipt_mail_id: 'internal',
      sealed_mail: 'personal',
      created_at: 'internal',
      next_attempt_at: 'internal',
      expires_at: 'internal',
    },
  },
  store_rate_alarms: {
    room: 'store-visits',
    application: 'append',
    ofSubject: false,
    retention: 'as long as the house',
    onErasure: 'not personal',
    columns: { touchpoint_id: 'internal', week: 'internal', finding: 'internal', raised_at: 'internal' },
  },
  store_rate_figures: {
    room: 'store-visits',
    application: 'change',
    ofSubject: false,
    retention: 'until they are counted anew, an hour later',
    onErasure: 'not personal',
    columns: {
      house: 'internal',
      counted_from: 'internal',
      counted_until: 'internal',
      rates: 'internal',
    },
  },
}
