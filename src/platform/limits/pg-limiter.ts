import { createHmac } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import { tooMany } from '../../kernel/errors.ts'
import type { Limiter } from './limiter.ts'
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
 * of its own (R64). A counter stops one above its limit, and trying on inside a window never prolongs it.
 */
const count = `
insert into rate_limits as kept (key, points, expires_at)
values ($1::bytea, 1, $2::timestamptz)
on conflict (key) do update
   set points = case when kept.expires_at <= $3::timestamptz then 1 else least(kept.points + 1, $4::integer) end,
       expires_at = case when kept.expires_at <= $3::timestamptz then excluded.expires_at else kept.expires_at end
returning points, expires_at`

const forget = 'delete from rate_limits where key = any($1::bytea[])'
const sweep = `
delete from rate_limits
 where key in (select key from rate_limits where expires_at <= $1::timestamptz limit $2::integer)`

export interface PgLimiter extends Limiter {
  /** Deletes up to `most` counters whose window is over. */
  sweep(most?: number): Promise<void>
}

export function createPgLimiter(options: PgLimiterOptions): PgLimiter {
  const { db, key: macKey, clock, onFallback, onRefusal } = options
  const insurance = createMemoryCounters(clock)

  const keyOf = (subject: string, name: LimitName, tier: Tier) =>
    createHmac('sha256', macKey)
      .update(JSON.stringify([name, tier.seconds, subject]))
      .digest()

  /** Seconds to wait, or 0. Tiers come shortest first, and a try one of them refuses is not held against the next. */
  async function countInDatabase(subject: string, name: LimitName, now: Date): Promise<number> {
    const tiers: readonly Tier[] = limits[name].tiers
    for (const tier of tiers) {
      const end = new Date(now.getTime() + tier.seconds * 1000)
      const { rows } = await db.query(count, [keyOf(subject, name, tier), end, now, tier.points + 1])
      const { points, expiresAt } = readRow(rows[0])
      if (points > tier.points) return Math.max(1, Math.ceil((expiresAt.getTime() - now.getTime()) / 1000))
    }
    return 0
  }

  return {
    async consume(subject, name) {
      let wait: number
      try {
        wait = await countInDatabase(subject, name, clock.now())
      } catch (error) {
        onFallback?.(error)
        wait = insurance.count(subject, name)
      }
      if (wait === 0) return
      onRefusal?.(name)
      throw tooMany(name, 'too many tries', wait)
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

function readRow(row: unknown): { points: number; expiresAt: Date } {
  if (typeof row === 'object' && row !== null && 'points' in row && 'expires_at' in row) {
    const { points, expires_at: expiresAt } = row
    if (typeof points === 'number' && expiresAt instanceof Date) return { points, expiresAt }
  }
  throw new Error('a counter came back in another shape')
}
