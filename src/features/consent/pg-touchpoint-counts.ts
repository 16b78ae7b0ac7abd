import type { Knex } from 'knex'
import type { PeopleCount, PeopleCounts, TouchpointCounts } from './touchpoint-counts.ts'

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

/** For the channel of shops over an index that holds all it reads; in any case over the acts of the span alone. */
export const pgPeopleCounts = (db: Knex): PeopleCounts => ({
  people: async ({ from, until, channel, places }) => {
    const { rows } = await db.raw<{ rows: readonly PeopleCount[] }>(
      `select p.place, count(distinct e.subject_id)::int as people,
              (count(distinct e.subject_id) filter (where e.type = 'given'))::int as yes
         from consent_events e
         join unnest(:touchpoints::text[], :places::text[]) as p (touchpoint, place)
           on p.touchpoint = e.touchpoint
        where e.channel = :channel and e.touchpoint is not null
          and e.recorded_at >= :from and e.recorded_at < :until
          and (e.type in ('refused', 'withdrawn', 'objected')
               or (e.type = 'given' and e.evidence_grade is distinct from 'none'))
        group by p.place order by p.place`,
      { from, until, channel, touchpoints: [...places.keys()], places: [...places.values()] },
    )
    return rows
  },
})
