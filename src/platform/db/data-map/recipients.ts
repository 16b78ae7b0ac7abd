import type { TableEntry } from './table-entry.ts'

const registry = {
  room: 'recipients',
  ofSubject: false,
  retention: 'kept',
  onErasure: 'not personal',
} as const

export const recipientTables: Readonly<Record<string, TableEntry>> = {
  recipients: {
    ...registry,
    application: 'change',
    columns: {
      recipient_id: 'public',
      name: 'public',
      role: 'public',
      legal_entity: 'public',
      processing_contract: 'internal',
      third_country: 'public',
      transfer_tool: 'public',
      countries: 'public',
      purposes: 'public',
      created_at: 'internal',
    },
  },
  recipient_changes: {
    ...registry,
    application: 'append',
    columns: { recipient_id: 'public', changed_at: 'internal', was: 'internal' },
  },
  clients: {
    ...registry,
    application: 'change',
    columns: {
      client_id: 'public',
      recipient_id: 'public',
      purpose_id: 'public',
      contact_channel: 'public',
      brand_id: 'public',
      first_party: 'internal',
      channel: 'internal',
      metadata: 'internal',
      secret_hashes: 'secret',
      state: 'internal',
      version: 'internal',
      created_at: 'internal',
      updated_at: 'internal',
    },
  },
  pairwise_subjects: {
    room: 'recipients',
    application: 'change',
    ofSubject: false,
    retention: 'as long as the account',
    onErasure: 'delete',
    columns: { sector: 'internal', sub: 'personal', subject_id: 'internal', first_given_at: 'internal' },
  },
  recipient_disclosures: {
    room: 'recipients',
    application: 'append',
    ofSubject: true,
    retention: '3 years after the disclosure',
    onErasure: 'keep',
    columns: {
      subject_id: 'internal',
      disclosure_id: 'internal',
      recipient_id: 'personal',
      client_id: 'internal',
      purpose_id: 'personal',
      purpose_version: 'internal',
      attributes: 'personal',
      exit: 'internal',
      basis: 'internal',
      evidence_event_id: 'internal',
      disclosed_at: 'personal',
    },
  },
}
