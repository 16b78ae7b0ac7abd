import type { Knex } from 'knex'
import { permissionKeyColumns, permissionRow } from './permission-row.ts'
import type { PermissionStore } from './permission-store.ts'

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
        .insert(permissions.map((permission) => permissionRow(subjectId, at, permission)))
        .onConflict(permissionKeyColumns)
        .merge()
    }
    return true
  },
  move: async (subjectId, epoch, jurisdiction, at) => {
    const { rows } = await trx.raw(
      `with former as (
         select subject_id, jurisdiction from subjects
          where subject_id = :subjectId and consent_epoch = :epoch and state in ('active', 'locked')
            for no key update
       ), kept as (
         insert into subject_changes (subject_id, aspect, changed_at, was)
         select subject_id, 'jurisdiction', :at, jurisdiction from former where jurisdiction <> :jurisdiction
             on conflict do nothing
       )
       update subjects s set jurisdiction = :jurisdiction, consent_epoch = s.consent_epoch + 1
         from former where s.subject_id = former.subject_id returning s.subject_id`,
      { subjectId, epoch, jurisdiction, at },
    )
    return rows.length === 1
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
