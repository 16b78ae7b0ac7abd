/**
 * How often something may be tried. One service counts for every way in (password, code, recovery, token endpoint, staff
 * sign-in), so that no path has a counter of its own to get around (R64–R67). Counters hold no name and no address, only
 * keyed hashes. The limits themselves are data, in `limits.ts`.
 */
export type { Limiter, LimiterGivingBack } from './limiter.ts'
export type { Limit, LimitName, Tier } from './limits.ts'
export { limits } from './limits.ts'
export { networkKey } from './network-key.ts'
export { createPgLimiter, type LimiterDatabase, type PgLimiter, type PgLimiterOptions } from './pg-limiter.ts'
