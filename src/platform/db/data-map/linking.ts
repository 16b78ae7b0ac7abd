import type { TableEntry } from './table-entry.ts'

/** Which accounts are one person's: facts that are only ever added to, and the view that follows from them. */
export const linkingTables: Readonly<Record<string, TableEntry>> = {
  subject_links: {
    room: 'identity',
    application: 'append',
    ofSubject: true,
    retention: 'as long as the account',
    onErasure: 'delete',
    columns: {
      subject_id: 'internal',
      link_id: 'internal',
      other_subject_id: 'personal',
      kind: 'personal',
      assurance: 'internal',
      rule: 'internal',
      confidence: 'internal',
      contact_point: 'internal',
      other_contact_point: 'internal',
      asserted_by: 'internal',
      proof: 'personal',
      asserted_at: 'personal',
    },
  },
  subject_link_ends: {
    room: 'identity',
    application: 'append',
    ofSubject: true,
    retention: 'as long as the account',
    onErasure: 'delete',
    columns: {
      subject_id: 'internal',
      link_id: 'internal',
      ended_by: 'internal',
      reason: 'personal',
      mistaken: 'internal',
      ended_at: 'personal',
    },
  },
  subject_clusters: {
    room: 'identity',
    application: 'change',
    ofSubject: true,
    retention: 'while the accounts are linked',
    onErasure: 'delete',
    columns: {
      subject_id: 'internal',
      canonical_subject_id: 'personal',
      members: 'personal',
      changed_at: 'internal',
    },
  },
}
