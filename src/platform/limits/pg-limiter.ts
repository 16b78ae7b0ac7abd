import type { Clock } from '../../kernel/clock.ts'
import { tooMany } from '../../kernel/errors.ts'
import { keyedHash } from '../crypto/keyed-hash.ts'
import type { LimiterGivingBack } from './limiter.ts'
import { type LimitName, limits, type Tier } from './limits.ts'
import { createMemoryCounters } from './memory-counters.ts'

/** The part of a `pg` pool that counting needs. */
export interface LimiterDatabase {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

export interface PgLimiterOptions {
  readonly db: LimiterDatabase
  /** Counters are keyed by a MAC under this key: the table names nobody, and cannot be asked about anybody. */
  readonly key: Uint8Array
  readonly clock: Clock
  /** Told each time a try was counted in memory because the database was away. */
  readonly onFallback?: (error: unknown) => void
  /** Told the name of the limit each time one refuses. */
  readonly onRefusal?: (name: LimitName) => void
}

/*
 * Counting and reading are one statement: the conflicting row is locked, so of a hundred parallel tries each sees a number
 * of its own (R64). A counter stops one above its limit, and trying on inside a window never prolongs it. Tiers come
 * shortest first, and a try one of them refuses is not held against the next: each is counted where the one before let
 * it pass. $1 is now and $2 how many tries these are; of tier n, the parameters are its key, the end of its window and its
 * points.
 */
const countTier = (tier: number): string => {
  const [key, end, points] = [1, 2, 3].map((at) => `$${tier * 3 + at + 2}`)
  return `tier${tier} as (
    insert into rate_limits as kept (key, points, expires_at)
    select cast(${key} as bytea), $2::integer, cast(${end} as timestamptz)
     ${tier === 0 ? '' : `where exists (select from tier${tier - 1} where not over)`}
    on conflict (key) do update
       set points = case when kept.expires_at <= $1::timestamptz then $2::integer
                         else least(kept.points + $2::integer, cast(${points} as integer) + 1) end,
           expires_at = case when kept.expires_at <= $1::timestamptz then excluded.expires_at else kept.expires_at end
    returning points > cast(${points} as integer) as over, expires_at
  )`
}

const countOf = (tiers: number): string => {
  const each = Array.from({ length: tiers }, (_, tier) => tier)
  return `with ${each.map(countTier).join(', ')}
    ${each.map((tier) => `select expires_at from tier${tier} where over`).join(' union all ')}`
}

/** By number of tiers. */
const counts: readonly string[] = ['', countOf(1), countOf(2), countOf(3)]

/* In the order in which they are counted, or a count and a forgetting that meet would deadlock. */
const forget = `
with forgotten as materialized (
  select key from rate_limits where key = any($1::bytea[]) order by array_position($1::bytea[], key) for update
)
delete from rate_limits where key in (select key from forgotten)`
/* A counter that stands above its limit holds one refused try, which counts for nothing. */
const takeBack = `
with back as materialized (
  select key from rate_limits where key = any($2::bytea[]) order by array_position($2::bytea[], key) for update
)
update rate_limits kept set points = greatest(0, least(kept.points, n.points) - 1)
  from unnest($2::bytea[], $3::integer[]) as n(key, points)
 where kept.key = n.key and kept.key in (select key from back) and kept.expires_at > $1::timestamptz`
const sweep = `
delete from rate_limits
 where key in (select key from rate_limits where expires_at <= $1::timestamptz limit $2::integer)`

export interface PgLimiter extends LimiterGivingBack {
  /** Deletes up to `most` counters whose window is over. */
  sweep(most?: number): Promise<void>
}

export function createPgLimiter(options: PgLimiterOptions): PgLimiter {
  const { db, clock, onFallback, onRefusal } = options
  const hash = keyedHash(options.key)
  const insurance = createMemoryCounters(clock)

  const keyOf = (subject: string, name: LimitName, tier: Tier) =>
    hash(JSON.stringify([name, tier.seconds, subject]))

  /** Seconds to wait, or 0. */
  async function countInDatabase(
    subject: string,
    name: LimitName,
    now: Date,
    tries: number,
  ): Promise<number> {
    const tiers: readonly Tier[] = limits[name].tiers
    const ofTiers = tiers.flatMap((tier) => [
      keyOf(subject, name, tier),
      new Date(now.getTime() + tier.seconds * 1000),
      tier.points,
    ])
    const { rows } = await db.query(counts[tiers.length] ?? countOf(tiers.length), [now, tries, ...ofTiers])
    if (rows.length === 0) return 0
    return Math.max(1, Math.ceil((readEnd(rows[0]).getTime() - now.getTime()) / 1000))
  }

  return {
    async consume(subject, name, tries = 1) {
      let wait: number
      try {
        wait = await countInDatabase(subject, name, clock.now(), tries)
      } catch (error) {
        onFallback?.(error)
        wait = insurance.count(subject, name, tries)
      }
      if (wait === 0) return
      onRefusal?.(name)
      throw tooMany(name, 'too many tries', wait)
    },
    async giveBack(subject, name) {
      const tiers: readonly Tier[] = limits[name].tiers
      try {
        const keys = tiers.map((tier) => keyOf(subject, name, tier))
        await db.query(takeBack, [clock.now(), keys, tiers.map(({ points }) => points)])
      } catch (error) {
        onFallback?.(error)
        insurance.giveBack(subject, name)
      }
    },
    async clear(subject, name) {
      insurance.clear(subject, name)
      const tiers: readonly Tier[] = limits[name].tiers
      try {
        await db.query(forget, [tiers.map((tier) => keyOf(subject, name, tier))])
      } catch (error) {
        // What stays counted expires by itself; the success that wanted it cleared must not fail for it.
        onFallback?.(error)
      }
    },
    async sweep(most = 5000) {
      await db.query(sweep, [clock.now(), most])
    },
  }
}

function readEnd(row: unknown): Date {
  if (typeof row === 'object' && row !== null && 'expires_at' in row && row.expires_at instanceof Date) {
    return row.expires_at
  }
  throw new Error('a counter came back in another shape')
}
