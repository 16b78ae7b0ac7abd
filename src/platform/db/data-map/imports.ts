import type { TableEntry } from './table-entry.ts'

const house = { room: 'consent', ofSubject: false, onErasure: 'not personal' } as const

/** How far imports of consents have come, whom the house is asking again, and what was counted of it. Whom it is about stands in the ledger. */
export const importTables: Readonly<Record<string, TableEntry>> = {
  consent_imports: {
    ...house,
    application: 'advance',
    retention: 'kept: it tells where imported consents came from',
    columns: {
      import_id: 'internal',
      file_sha256: 'internal',
      settings_sha256: 'internal',
      source: 'internal',
      byte_offset: 'internal',
      line: 'internal',
      doubt_until: 'internal',
      quarantine_bytes: 'internal',
      report: 'internal',
      started_at: 'internal',
      advanced_at: 'internal',
      finished_at: 'internal',
    },
  },
  reconsent_campaigns: {
    ...house,
    application: 'advance',
    retention: 'kept',
    columns: {
      campaign_id: 'internal',
      purpose_id: 'public',
      purpose_version: 'public',
      opens_at: 'internal',
      closes_at: 'internal',
      cool_off: 'internal',
      audience: 'internal',
      created_at: 'internal',
      started_at: 'internal',
      ended_at: 'internal',
    },
  },
  house_counts: {
    ...house,
    application: 'change',
    retention: 'until the next count',
    columns: { name: 'public', numbers: 'internal', counted_at: 'internal', renew_at: 'internal' },
  },
}
