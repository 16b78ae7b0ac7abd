import type { Knex } from 'knex'
import type { CampaignProgress, Counted, CountStore, HouseCounts, PurposeAnswers } from './house-counts.ts'

interface Row<Numbers> {
  readonly id: string
  readonly numbers: Numbers
  readonly counted_at: Date
}

const table = 'house_counts'
const nameOf = (what: Counted): string =>
  'purpose' in what ? `purpose ${what.purpose}` : `campaign ${what.campaign}`

export const pgHouseCounts = (db: Knex): HouseCounts => {
  const of = async <Numbers>(kind: 'purpose' | 'campaign') => {
    const { rows } = await db.raw<{ rows: readonly Row<Numbers>[] }>(
      `select substr(name, length(:kind) + 2) as id, numbers, counted_at from ${table}
        where starts_with(name, :kind || ' ') and counted_at is not null`,
      { kind },
    )
    return new Map(rows.map(({ id, numbers, counted_at }) => [id, { numbers, countedAt: counted_at }]))
  }
  return {
    kept: async () => ({
      purposes: await of<PurposeAnswers>('purpose'),
      campaigns: await of<CampaignProgress>('campaign'),
    }),
  }
}

/* A no is the person's own: what the house, the law or the passing of time decided is none. Each arm has its index. */
const answersSql = `
  with said as (
    select p.subject_id, true as yes from permissions p
     where p.purpose_id = :purpose and p.decision = 'PERMIT' and p.basis = 'consent'
       and (p.valid_until is null or p.valid_until > :now)
    union all
    select p.subject_id, false from permissions p
     where p.purpose_id = :purpose
       and p.reason in ('CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'CONSENT_REVOKED', 'OBJECTED')
  ), decided as (
    select subject_id, bool_or(said.yes) as yes from said join subjects s using (subject_id)
     where s.state in ('active', 'locked') group by subject_id
  )
  select cast(count(*) filter (where yes) as integer) as yes,
         cast(count(*) filter (where not yes) as integer) as no
    from decided`

export function pgCountStore(db: Knex): CountStore {
  /** A count may take longer than a page; not longer than a minute. */
  const counting = <Result>(count: (trx: Knex.Transaction) => Promise<Result>): Promise<Result> =>
    db.transaction(async (trx) => {
      await trx.raw(`set local statement_timeout = '60s'`)
      return count(trx)
    })
  return {
    claim: async (what, now, renewAt) => {
      const claimed = await db(table)
        .insert({ name: nameOf(what), renew_at: renewAt })
        .onConflict('name')
        .merge({ renew_at: renewAt })
        .where(`${table}.renew_at`, '<=', now)
        .returning('name')
      return claimed.length > 0
    },
    keep: async (what, numbers, at, last) => {
      await db(table)
        .where({ name: nameOf(what) })
        .update({
          numbers: JSON.stringify(numbers),
          counted_at: at,
          ...(last ? { renew_at: db.raw(`'infinity'`) } : {}),
        })
    },
    people: () =>
      counting(async (trx) => {
        const [row] = await trx('subjects').whereIn('state', ['active', 'locked']).count({ all: '*' })
        return Number(row?.['all'] ?? 0)
      }),
    answers: (purpose, now) => counting(async (trx) => (await trx.raw(answersSql, { purpose, now })).rows[0]),
  }
}
