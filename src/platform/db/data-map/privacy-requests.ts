import type { TableEntry } from './table-entry.ts'

/** What people asked of us. Kept when the account is erased: that it was answered in time must be proven afterwards. */
export const privacyRequestTables: Readonly<Record<string, TableEntry>> = {
  privacy_requests: {
    room: 'privacy-requests',
    application: 'change',
    ofSubject: true,
    retention:
      '3 years after the answer, which this version does not give yet: until then for as long as it is open',
    onErasure: 'keep',
    columns: {
      subject_id: 'internal',
      request_id: 'internal',
      reference: 'internal',
      asked_right: 'personal',
      state: 'internal',
      channel: 'internal',
      opened_by: 'internal',
      opened_by_actor: 'internal',
      touchpoint_id: 'internal',
      call_reference: 'internal',
      language: 'personal',
      identity_level: 'internal',
      sealed_words: 'personal',
      received_at: 'internal',
      opened_at: 'internal',
      due_on: 'internal',
      attempted_at: 'internal',
      acknowledged_at: 'internal',
      acknowledged_by: 'internal',
      message: 'internal',
      template: 'internal',
      ended_at: 'internal',
      ended_by: 'internal',
    },
  },
}
