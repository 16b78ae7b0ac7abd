import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import type { PasswordStore } from './password-store.ts'
import type { SubjectState } from './subject.ts'

export const pgPasswordStore = (db: Knex): PasswordStore => ({
  find: async (subjectId) => {
    const row = await db<{ subject_id: SubjectId; hash: string; changed_at: Date }>('passwords')
      .first('hash', 'changed_at')
      .where({ subject_id: subjectId })
    return row && { hash: row.hash, changedAt: row.changed_at }
  },
  findByIdentifier: async (index) => {
    const { rows } = await db.raw<{
      rows: { subject_id: SubjectId; state: SubjectState; hash: string | null }[]
    }>(
      `select l.subject_id, s.state, p.hash
         from identifier_lookups l
         join subjects s on s.subject_id = l.subject_id
         left join passwords p on p.subject_id = l.subject_id
        where l.blind_index = ?`,
      [Buffer.from(index)],
    )
    const [row] = rows
    return row && { subjectId: row.subject_id, state: row.state, hash: row.hash ?? undefined }
  },
  set: async (subjectId, hash, at) => {
    await db('passwords')
      .insert({ subject_id: subjectId, hash, changed_at: at })
      .onConflict('subject_id')
      .merge(['hash', 'changed_at'])
  },
  replace: async (subjectId, from, to) =>
    (await db('passwords').where({ subject_id: subjectId, hash: from }).update({ hash: to })) === 1,
})
