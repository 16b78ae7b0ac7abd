import type { Knex } from 'knex'
import type { PurposeDocument } from './purpose-document.ts'
import type { Revision, WorkingCopy } from './working-copy.ts'
import type { WorkingCopyStore } from './working-copy-store.ts'

const table = 'purpose_working_copies'

export interface WorkingCopyRow {
  readonly purpose_id: string
  readonly revision: Revision
  readonly document: PurposeDocument
  readonly saved_by: string
  readonly saved_at: Date
}

export const workingCopyOf = (row: WorkingCopyRow): WorkingCopy => ({
  purpose: row.purpose_id,
  revision: row.revision,
  document: row.document,
  savedBy: row.saved_by,
  savedAt: row.saved_at,
})

export const pgWorkingCopyStore = (trx: Knex.Transaction): WorkingCopyStore => ({
  lock: async (purpose) => {
    const row = await trx<WorkingCopyRow>(table).first('*').where({ purpose_id: purpose }).forUpdate()
    return row && workingCopyOf(row)
  },
  put: async (copy, over) => {
    const row = {
      purpose_id: copy.purpose,
      revision: copy.revision,
      document: JSON.stringify(copy.document),
      saved_by: copy.savedBy,
      saved_at: copy.savedAt,
    }
    if (over === undefined) {
      const added = await trx(table).insert(row).onConflict().ignore().returning('purpose_id')
      return added.length === 1
    }
    const changed = await trx(table).where({ purpose_id: copy.purpose, revision: over }).update(row)
    return changed === 1
  },
  remove: async (purpose) => {
    await trx(table).where({ purpose_id: purpose }).delete()
  },
})
