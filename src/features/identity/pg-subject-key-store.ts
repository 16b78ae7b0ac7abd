import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectKeyStore } from '../../platform/crypto/index.ts'

interface Row {
  subject_id: SubjectId
  kek_id: string
  wrapped_key: Buffer
}

/** The row's own time is the database's: nothing is decided by it. */
export const pgSubjectKeyStore = (db: Knex): SubjectKeyStore => ({
  insert: async ({ subjectId, kekId, wrapped }) => {
    await db('subject_keys').insert({
      subject_id: subjectId,
      kek_id: kekId,
      wrapped_key: Buffer.from(wrapped),
      created_at: db.fn.now(),
    })
  },
  find: async (subjectId) => {
    const row = await db<Row>('subject_keys')
      .first('subject_id', 'kek_id', 'wrapped_key')
      .where({ subject_id: subjectId })
    return row && { subjectId: row.subject_id, kekId: row.kek_id, wrapped: row.wrapped_key }
  },
})
