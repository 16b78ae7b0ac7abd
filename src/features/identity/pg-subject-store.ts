import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import { mayEnter, type Subject, type SubjectState } from './subject.ts'
import type { SubjectStore } from './subject-store.ts'

interface Row {
  subject_id: SubjectId
  state: SubjectState
  jurisdiction: string
  language: string
  created_at: Date
}

const read = (row: Row | undefined): Subject | undefined =>
  row && {
    subjectId: row.subject_id,
    state: row.state,
    jurisdiction: row.jurisdiction,
    language: row.language,
    createdAt: row.created_at,
  }

const columns = ['subject_id', 'state', 'jurisdiction', 'language', 'created_at'] as const

export const pgSubjectStore = (db: Knex): SubjectStore => ({
  find: async (subjectId) =>
    read(
      await db<Row>('subjects')
        .first(...columns)
        .where({ subject_id: subjectId }),
    ),
  mayEnter: async (subjectId) =>
    mayEnter(await db<Row>('subjects').first('state').where({ subject_id: subjectId })),
  lock: async (subjectId) =>
    read(
      await db<Row>('subjects')
        .first(...columns)
        .where({ subject_id: subjectId })
        .forUpdate(),
    ),
  insert: async (subject) => {
    await db('subjects').insert({
      subject_id: subject.subjectId,
      state: subject.state,
      jurisdiction: subject.jurisdiction,
      language: subject.language,
      created_at: subject.createdAt,
    })
  },
  setState: async (subjectId, state) => {
    await db('subjects').where({ subject_id: subjectId }).update({ state })
  },
})
