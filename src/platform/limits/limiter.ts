import type { LimitName } from './limits.ts'

/**
 * Port. Promises: counting is atomic over all processes, so of any number of parallel tries no more than the limit pass
 * (R64); a refused try counts for nothing more; when the counters cannot be reached, tries are counted in this process
 * against half the limit rather than let through or all refused.
 */
export interface Limiter {
  /**
   * Counts one try by `key`, or as many as are said to come at once; throws `tooMany(limit name)` with the seconds to wait
   * when there were too many.
   */
  consume(key: string, limit: LimitName, tries?: number): Promise<void>
  /** Forgets the tries of `key`: after a success, for limits on failures. */
  clear(key: string, limit: LimitName): Promise<void>
}

/** For limits on tries that came to nothing, by whoever has successes too, which must not forgive the failures. */
export interface LimiterGivingBack extends Limiter {
  /** Takes one try of `key` back that was let through, because it came to something. */
  giveBack(key: string, limit: LimitName): Promise<void>
}
