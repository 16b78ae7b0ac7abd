import type { KeyDecision } from '../key-decision.ts'

const nil = '00000000-0000-0000-0000-000000000000'

/** A kept permission as its row; one without a contact point has the nil UUID there, since a key has no nulls. */
export const permissionRow = (subjectId: string, at: Date, permission: KeyDecision) => ({
  subject_id: subjectId,
  controller_id: permission.key.controller,
  brand_id: permission.key.brand,
  purpose_id: permission.key.purpose,
  contact_channel: permission.key.contactChannel,
  contact_point: permission.key.contactPoint ?? nil,
  decision: permission.decision,
  attributes: [...permission.attributes],
  reconsent_min: permission.reconsentMin,
  reason: permission.reason,
  basis: permission.basis,
  evidence_event_id: permission.evidenceEvent ?? null,
  valid_until: permission.validUntil === null ? null : new Date(permission.validUntil),
  decided_at: at,
})

/** The key of the table, on which a newer decision replaces the one before. */
export const permissionKeyColumns = [
  'subject_id',
  'controller_id',
  'brand_id',
  'purpose_id',
  'contact_channel',
  'contact_point',
]
