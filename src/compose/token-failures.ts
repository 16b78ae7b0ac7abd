import type { Middleware } from 'koa'
import type { Clock } from '../kernel/clock.ts'
import { PlacetError } from '../kernel/errors.ts'
import type { Limiter } from '../platform/limits/index.ts'

/** Endpoints where a client proves who it is; failures there are guesses until shown otherwise. */
const guarded = new Set(['/oidc/token', '/oidc/introspect', '/oidc/revoke', '/oidc/request'])
/** The engine's router takes an address in any case, and with a slash at its end. */
const spelled = (path: string) => path.toLowerCase().replace(/\/+$/, '')
const failed = new Set([400, 401])
const mostNetworks = 10_000

/**
 * Slows down whoever guesses at the protocol endpoints (R108): failures are counted per network, in the database for all
 * processes; once a network is over, this process answers 429 until its wait is over, without asking the engine or the
 * database again. Successes cost nothing.
 */
export function limitTokenFailures(engine: Middleware, limiter: Limiter, clock: Clock): Middleware {
  const waiting = new Map<string, number>()

  const count = async (network: string): Promise<void> => {
    try {
      await limiter.consume(network, 'token-failures-network')
    } catch (error) {
      if (!(error instanceof PlacetError) || error.retryAfterSeconds === undefined) return
      if (waiting.size >= mostNetworks) waiting.clear()
      waiting.set(network, clock.now().getTime() + error.retryAfterSeconds * 1000)
    }
  }

  return async (ctx, next) => {
    if (!guarded.has(spelled(ctx.path))) return engine(ctx, next)
    const network = ctx['placet']?.network ?? 'unknown'
    const until = waiting.get(network)
    const now = clock.now().getTime()
    if (until !== undefined && until > now) {
      ctx.status = 429
      ctx.set('Retry-After', String(Math.ceil((until - now) / 1000)))
      ctx.body = { error: 'temporarily_unavailable', error_description: 'too many failed requests' }
      return
    }
    waiting.delete(network)
    ctx.res.once('finish', () => {
      if (failed.has(ctx.res.statusCode)) void count(network)
    })
    return engine(ctx, next)
  }
}
