import type { TableEntry } from './table-entry.ts'

export const loyaltyTables: Readonly<Record<string, TableEntry>> = {
  loyalty_presentations: {
    room: 'store-visits',
    application: 'change',
    ofSubject: true,
    retention: '31 days',
    onErasure: 'delete',
    columns: {
      subject_id: 'internal',
      code_hash: 'internal',
      client_id: 'internal',
      touchpoint_id: 'personal',
      request_hash: 'internal',
      late: 'internal',
      presented_at: 'personal',
      received_at: 'internal',
    },
  },
}
