import type { Context } from 'koa'
import type { Entropy } from '../../kernel/ids.ts'
import { cookieName, readCookie, serializeCookie } from './cookies.ts'
import type { CsrfGuard } from './csrf.ts'
import { cutAddress, isTrustedProxy } from './network.ts'

/** What every request gets before anything else happens to it. */
export interface RequestContext {
  readonly requestId: string
  readonly network: string
  readonly csrf: string
  readonly browserId: string | undefined
}

const browserIdShape = /^[A-Za-z0-9_-]{22}$/

/** The address of whoever called: the peer, or what a listed proxy says of it (rightmost address we do not run). */
function callerAddress(ctx: Context, trustedProxies: readonly string[]): string | undefined {
  const peer = ctx.req.socket.remoteAddress
  if (!isTrustedProxy(peer, trustedProxies)) return peer
  const hops = ctx
    .get('x-forwarded-for')
    .split(',')
    .map((hop) => hop.trim())
    .filter((hop) => hop !== '')
  return hops.reverse().find((hop) => !isTrustedProxy(hop, trustedProxies)) ?? peer
}

export function requestContexts(options: {
  readonly https: boolean
  readonly trustedProxies: readonly string[]
  readonly entropy: Entropy
  readonly csrf: CsrfGuard
}): (ctx: Context) => RequestContext {
  const name = cookieName('placet_browser', options.https)
  return (ctx) => {
    const requestId = options.entropy.id<'request'>()
    ctx.set('X-Request-Id', requestId)
    const sent = readCookie(ctx.get('cookie'), name)
    const browserId = sent !== undefined && browserIdShape.test(sent) ? sent : undefined
    const current = browserId ?? Buffer.from(options.entropy.bytes(16)).toString('base64url')
    if (browserId === undefined && ctx.method === 'GET' && ctx.accepts('html') !== false) {
      ctx.append(
        'Set-Cookie',
        serializeCookie({ name, value: current, maxAgeSeconds: 31_536_000 }, options.https),
      )
    }
    return {
      requestId,
      network: cutAddress(callerAddress(ctx, options.trustedProxies)),
      csrf: options.csrf.tokenFor(current),
      browserId,
    }
  }
}
