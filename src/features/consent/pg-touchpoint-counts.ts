import type { Knex } from 'knex'
import type { TouchpointCounts } from './touchpoint-counts.ts'

const answers = ['given', 'refused', 'withdrawn', 'objected', 'deferred']

interface TouchpointRow {
  readonly touchpoint: string
  readonly purpose_id: string
  readonly acts: number
  readonly yes: number
  readonly no: number
}

/** Over the index of events that were told at a place: most are not, and cost nothing here. */
export const pgTouchpointCounts = (db: Knex): TouchpointCounts => ({
  count: async ({ from, until, at }) => {
    const rows: TouchpointRow[] = await db('consent_events')
      .whereNotNull('touchpoint')
      .modify((query) => at === undefined || void query.whereIn('touchpoint', [...at]))
      .where('recorded_at', '>=', from)
      .where('recorded_at', '<', until)
      .whereIn('type', answers)
      .groupBy('touchpoint', 'purpose_id')
      .orderBy(['touchpoint', 'purpose_id'])
      .select(
        'touchpoint',
        'purpose_id',
        db.raw('count(*)::int as acts'),
        db.raw(
          `count(*) filter (where type = 'given' and evidence_grade is distinct from 'none')::int as yes`,
        ),
        db.raw(`count(*) filter (where type in ('refused', 'withdrawn', 'objected'))::int as no`),
      )
    return rows.map(({ purpose_id: purpose, ...counted }) => ({ ...counted, purpose }))
  },
})
