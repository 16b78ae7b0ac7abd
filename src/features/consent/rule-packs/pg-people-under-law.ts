import type { Knex } from 'knex'
import type { PeopleUnderLaw } from './foresee-rule-pack.ts'

export const pgPeopleUnderLaw = (lane: Knex): PeopleUnderLaw => ({
  count: async (jurisdiction) => {
    const [row] = await lane('subjects')
      .where({ jurisdiction })
      .whereNot({ state: 'erased' })
      .count({ found: '*' })
    return Number(row?.['found'] ?? 0)
  },
  page: (jurisdiction, after, limit) =>
    lane('subjects')
      .where({ jurisdiction })
      .whereNot({ state: 'erased' })
      .modify((query) => after === undefined || void query.where('subject_id', '>', after))
      .orderBy('subject_id')
      .limit(limit)
      .pluck('subject_id'),
})
