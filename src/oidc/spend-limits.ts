import { PlacetError } from '../kernel/errors.ts'
import type { Limiter, LimitName } from '../platform/limits/index.ts'

/** Counts in order until one is full. Seconds to wait, or 0. */
export async function spendLimits(
  limiter: Limiter,
  counters: readonly (readonly [key: string, limit: LimitName])[],
): Promise<number> {
  for (const [key, limit] of counters) {
    try {
      await limiter.consume(key, limit)
    } catch (error) {
      if (!(error instanceof PlacetError) || error.retryAfterSeconds === undefined) throw error
      return error.retryAfterSeconds
    }
  }
  return 0
}
