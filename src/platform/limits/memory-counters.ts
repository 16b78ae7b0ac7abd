import { LRUCache } from 'lru-cache'
import type { Clock } from '../../kernel/clock.ts'
import { type LimitName, limits, type Tier } from './limits.ts'

/** Counts in this process only: what stands in while the database is away. */
export interface MemoryCounters {
  /** Counts tries; seconds to wait when they were too many, else 0. */
  count(key: string, name: LimitName, tries?: number): number
  giveBack(key: string, name: LimitName): void
  clear(key: string, name: LimitName): void
}

/**
 * At half the limit, because every other process is counting for itself too. Bounded: an attacker with many keys pushes
 * out counters, not the process.
 */
export function createMemoryCounters(clock: Clock, most = 50_000): MemoryCounters {
  const counters = new LRUCache<string, { points: number; until: number }>({ max: most })
  const idOf = (key: string, name: LimitName, tier: Tier) => JSON.stringify([name, tier.seconds, key])
  return {
    count(key, name, tries = 1) {
      const tiers: readonly Tier[] = limits[name].tiers
      const now = clock.now().getTime()
      for (const tier of tiers) {
        const id = idOf(key, name, tier)
        const known = counters.get(id)
        const fresh = known === undefined || known.until <= now
        const counter = fresh ? { points: 0, until: now + tier.seconds * 1000 } : known
        const allowed = Math.max(1, Math.floor(tier.points / 2))
        counter.points = Math.min(counter.points + tries, allowed + 1)
        counters.set(id, counter)
        if (counter.points > allowed) return Math.max(1, Math.ceil((counter.until - now) / 1000))
      }
      return 0
    },
    giveBack(key, name) {
      const tiers: readonly Tier[] = limits[name].tiers
      for (const tier of tiers) {
        const counter = counters.get(idOf(key, name, tier))
        const allowed = Math.max(1, Math.floor(tier.points / 2))
        if (counter !== undefined) counter.points = Math.max(0, Math.min(counter.points, allowed) - 1)
      }
    },
    clear(key, name) {
      const tiers: readonly Tier[] = limits[name].tiers
      for (const tier of tiers) counters.delete(idOf(key, name, tier))
    },
  }
}
