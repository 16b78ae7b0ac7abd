import type { Knex } from 'knex'
import type { StandingCounts } from './impact-of-publishing.ts'

/** Counts what is kept: for a report before a publication, not for a hot path. */
export const pgStandingCounts = (db: Knex): StandingCounts => ({
  standing: async (purpose) => {
    const [row] = await db('permissions')
      .where({ purpose_id: purpose, decision: 'PERMIT' })
      .select(
        db.raw('count(distinct subject_id)::int as permitted'),
        db.raw("count(distinct subject_id) filter (where basis = 'consent')::int as by_consent"),
      )
    return { byConsent: Number(row?.by_consent ?? 0), permitted: Number(row?.permitted ?? 0) }
  },
})
