import type { Knex } from 'knex'
import type { KeyDecision } from '../key-decision.ts'
import type { PermissionStore } from './permission-store.ts'

const nil = '00000000-0000-0000-0000-000000000000'

const rowOf = (subjectId: string, at: Date, permission: KeyDecision) => ({
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

const keyColumns = [
  'subject_id',
  'controller_id',
  'brand_id',
  'purpose_id',
  'contact_channel',
  'contact_point',
]

export const pgPermissionStore = (trx: Knex.Transaction): PermissionStore => ({
  rewrite: async (subjectId, epoch, permissions, at) => {
    // Whoever is writing for the person right now decides again anyway: waiting for them would only hold up the batch.
    const [known] = await trx('subjects')
      .where({ subject_id: subjectId, consent_epoch: epoch })
      .forNoKeyUpdate()
      .skipLocked()
      .select('subject_id')
    if (known === undefined) return false
    if (permissions.length > 0) {
      await trx('permissions')
        .insert(permissions.map((permission) => rowOf(subjectId, at, permission)))
        .onConflict(keyColumns)
        .merge()
    }
    return true
  },
  move: async (subjectId, epoch, jurisdiction) => {
    const moved = await trx('subjects')
      .where({ subject_id: subjectId, consent_epoch: epoch })
      .whereIn('state', ['active', 'locked'])
      .update({ jurisdiction, consent_epoch: epoch + 1 })
    return moved === 1
  },
  beginSweep: async (purpose, mark, since) => {
    await trx('permission_sweeps')
      .insert({ purpose_id: purpose, mark, since, reached: null })
      .onConflict('purpose_id')
      .merge()
  },
  reach: async (purpose, mark, reached) => {
    await trx('permission_sweeps').where({ purpose_id: purpose, mark }).update({ reached })
  },
})
