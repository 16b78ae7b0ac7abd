import type { Context } from 'koa'
import type { Entropy } from '../../kernel/ids.ts'
import { cookieName, readCookie, serializeCookie } from './cookies.ts'
import type { CsrfGuard } from './csrf.ts'
import { callerAddress, cutAddress } from './network.ts'

/** What every request gets before anything else happens to it. */
export interface RequestContext {
  readonly requestId: string
  readonly network: string
  readonly csrf: string
  readonly browserId: string | undefined
}

const browserIdShape = /^[A-Za-z0-9_-]{22}$/

export function requestContexts(options: {
  readonly https: boolean
  readonly trustedProxies: readonly string[]
  readonly entropy: Entropy
  readonly csrf: CsrfGuard
}): (ctx: Context, isAddressedToUs: boolean) => RequestContext {
  const name = cookieName('placet_browser', options.https)
  return (ctx, isAddressedToUs) => {
    const requestId = options.entropy.id<'request'>()
    ctx.set('X-Request-Id', requestId)
    const sent = readCookie(ctx.get('cookie'), name)
    const browserId = sent !== undefined && browserIdShape.test(sent) ? sent : undefined
    const current = browserId ?? Buffer.from(options.entropy.bytes(16)).toString('base64url')
    // Only where a page may follow, which is what the token is for; never under a name that is not ours (R114).
    const wantsPage = ctx.method === 'GET' && ctx.accepts('json', 'html') === 'html'
    if (browserId === undefined && wantsPage && isAddressedToUs) {
      ctx.append(
        'Set-Cookie',
        serializeCookie({ name, value: current, maxAgeSeconds: 31_536_000 }, options.https),
      )
    }
    return {
      requestId,
      network: cutAddress(
        callerAddress(ctx.req.socket.remoteAddress, ctx.get('x-forwarded-for'), options.trustedProxies),
      ),
      csrf: options.csrf.tokenFor(current),
      browserId,
    }
  }
}
