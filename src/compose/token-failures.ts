import type { Clock } from '../kernel/clock.ts'
import { PlacetError } from '../kernel/errors.ts'
import type { AroundEngine } from '../oidc/index.ts'
import { type Limiter, type LimitName, networkKey } from '../platform/limits/index.ts'
import { callerAddress, cutAddress } from '../platform/web/network.ts'

/** Endpoints where a client proves who it is; failures there are guesses until shown otherwise. */
const guarded = new Set([
  'token',
  'introspection',
  'revocation',
  'pushed_authorization_request',
  'device_authorization',
  'backchannel_authentication',
])
const mostWaits = 10_000

type Counter = readonly [key: string, limit: LimitName]

/**
 * Slows down whoever guesses at the protocol endpoints (R108). Wrong guesses are counted by caller and client, by client,
 * and by neighbourhood, in the database for all processes; one too many is answered 429 in place of the engine's refusal.
 *
 * It stands behind the engine and touches failures alone, so that the right secret is always let in: by nobody's guesses
 * is a client shut out, not by a neighbour's, not by those of ten thousand addresses at its own id, and not by its own
 * forgotten container with yesterday's secret. That can be afforded because looking costs one SHA-256 of a client known in
 * memory, and nobody guesses 256 random bits. A counter that is full is not asked again until its wait is over, so a
 * flood of guesses costs no statement. Nothing clears a counter: a success says nothing about who else is guessing.
 */
export function limitTokenFailures(parts: {
  readonly limiter: Limiter
  readonly clock: Clock
  readonly trustedProxies: readonly string[]
}): AroundEngine {
  const { limiter, clock } = parts
  /** When each counter that was found full may be asked again. */
  const waits = new Map<string, number>()

  /** Seconds to wait, or 0. */
  const count = async ([key, limit]: Counter): Promise<number> => {
    const now = clock.now().getTime()
    const name = `${limit} ${key}`
    const until = waits.get(name)
    if (until !== undefined && until > now) return (until - now) / 1000
    waits.delete(name)
    try {
      await limiter.consume(key, limit)
      return 0
    } catch (error) {
      if (!(error instanceof PlacetError) || error.retryAfterSeconds === undefined) throw error
      if (waits.size >= mostWaits) waits.clear()
      waits.set(name, now + error.retryAfterSeconds * 1000)
      return error.retryAfterSeconds
    }
  }

  return async (ctx, next) => {
    await next()
    const refused = ctx.status === 400 || ctx.status === 401
    if (!refused || ctx.oidc === undefined || !guarded.has(ctx.oidc.route)) return
    const { client } = ctx.oidc
    const address = callerAddress(
      ctx.req.socket.remoteAddress,
      ctx.get('x-forwarded-for'),
      parts.trustedProxies,
    )
    // Known to the engine and not refused as a client: it may be wrong about a code or a token that has ended, which is
    // no guess at a secret. One that proved who it is, is told so however often it asks: a shop's backend speaks for many.
    const asClient = ctx.status === 400 && client !== undefined
    if (asClient && client.clientAuthMethod !== 'none') return
    const counters: Counter[] = [[cutAddress(address), 'token-failures-network']]
    if (!asClient) {
      const caller = JSON.stringify([client?.clientId ?? null, networkKey(address ?? '')])
      counters.push([caller, 'token-failures-caller'])
      if (client !== undefined) counters.push([client.clientId, 'token-failures-client'])
    }
    const wait = Math.max(...(await Promise.all(counters.map(count))))
    if (wait === 0) return
    ctx.status = 429
    ctx.remove('WWW-Authenticate')
    ctx.set('Retry-After', String(Math.max(1, Math.ceil(wait))))
    ctx.body = { error: 'temporarily_unavailable', error_description: 'too many failed requests' }
  }
}
