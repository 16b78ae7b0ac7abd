import type { TableEntry } from './table-entry.ts'

const registry = { ofSubject: false, retention: 'kept', onErasure: 'not personal' } as const

export const houseTables: Readonly<Record<string, TableEntry>> = {
  house_marks: {
    ...registry,
    room: 'house',
    application: 'append',
    columns: { name: 'internal', value: 'internal' },
  },
  controllers: {
    ...registry,
    room: 'house',
    application: 'change',
    columns: {
      controller_id: 'public',
      name: 'public',
      address: 'public',
      contact: 'public',
      dpo_contact: 'public',
      authority: 'public',
      country: 'public',
    },
  },
  brands: {
    ...registry,
    room: 'house',
    application: 'change',
    columns: { brand_id: 'public', controller_id: 'public', name: 'public', theme: 'public' },
  },
  touchpoints: {
    ...registry,
    room: 'house',
    application: 'change',
    columns: { touchpoint_id: 'internal', parent_id: 'internal', kind: 'internal', name: 'internal' },
  },
  staff: {
    ...registry,
    room: 'staff',
    application: 'change',
    retention: 'while employed, then 3 years',
    columns: {
      staff_id: 'internal',
      login: 'personal',
      display_name: 'personal',
      state: 'internal',
      created_at: 'internal',
    },
  },
  staff_roles: {
    ...registry,
    room: 'staff',
    application: 'change',
    columns: { staff_id: 'internal', role: 'internal', touchpoint_id: 'internal', granted_at: 'internal' },
  },
  staff_passkeys: {
    ...registry,
    room: 'staff',
    application: 'change',
    retention: 'while employed',
    columns: {
      credential_id: 'internal',
      staff_id: 'internal',
      public_key: 'internal',
      counter: 'internal',
      transports: 'internal',
      backup_eligible: 'internal',
      backed_up: 'internal',
      name: 'personal',
      created_at: 'internal',
      last_used_at: 'internal',
    },
  },
  staff_enrolments: {
    ...registry,
    room: 'staff',
    application: 'change',
    retention: '30 days',
    columns: {
      token_hash: 'secret',
      staff_id: 'internal',
      created_at: 'internal',
      expires_at: 'internal',
      consumed_at: 'internal',
    },
  },
  staff_sessions: {
    ...registry,
    room: 'staff',
    application: 'change',
    retention: '30 days',
    columns: {
      session_hash: 'secret',
      staff_id: 'internal',
      assurance: 'internal',
      authenticated_at: 'internal',
      seen_at: 'internal',
      expires_at: 'internal',
      ended_at: 'internal',
    },
  },
}
