import type { Knex } from 'knex'
import type { SubjectId } from '../../kernel/ids.ts'
import { mayEnter, type Subject, type SubjectState } from './subject.ts'
import type { SubjectChange, SubjectStore } from './subject-store.ts'

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
  changes: async (subjectId) =>
    db('subject_changes')
      .where({ subject_id: subjectId })
      .orderBy(['changed_at', 'aspect'])
      .select<SubjectChange[]>('aspect', 'was', 'changed_at as until'),
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
  // Of two changes at one instant the first says what stood before it; the value between them never stood for any time.
  setState: async (subjectId, state, at) => {
    await db.raw(
      `with former as (
         select subject_id, state from subjects
          where subject_id = :subjectId and state <> :state for no key update
       ), kept as (
         insert into subject_changes (subject_id, aspect, changed_at, was)
         select subject_id, 'state', :at, state from former on conflict do nothing
       )
       update subjects s set state = :state from former where s.subject_id = former.subject_id`,
      { subjectId, state, at },
    )
  },
  setLanguage: async (subjectId, language) => {
    await db('subjects').where({ subject_id: subjectId }).update({ language })
  },
})
