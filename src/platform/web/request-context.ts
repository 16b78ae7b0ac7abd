import type { Context } from 'koa'
import type { Entropy } from '../../kernel/ids.ts'
import { networkKey } from '../limits/index.ts'
import { cookieName, readCookie, serializeCookie } from './cookies.ts'
import type { CsrfGuard } from './csrf.ts'
import { callerAddress, cutAddress } from './network.ts'

/** What every request gets before anything else happens to it. */
export interface RequestContext {
  readonly requestId: string
  readonly network: string
  /** Exactly who called, an IPv4 address or an IPv6 /64: for counting alone, which keeps a keyed hash of it. */
  readonly callerKey: string
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
    const current = once(() => browserId ?? Buffer.from(options.entropy.bytes(16)).toString('base64url'))
    // Only where a page may follow, which is what the token is for; never under a name that is not ours (R114).
    if (browserId === undefined && isAddressedToUs && ctx.method === 'GET' && wantsPage(ctx)) {
      ctx.append(
        'Set-Cookie',
        serializeCookie({ name, value: current(), maxAgeSeconds: 31_536_000 }, options.https),
      )
    }
    const address = once(() =>
      callerAddress(ctx.req.socket.remoteAddress, ctx.get('x-forwarded-for'), options.trustedProxies),
    )
    const network = once(() => cutAddress(address()))
    const csrf = once(() => options.csrf.tokenFor(current()))
    return {
      requestId,
      browserId,
      get network() {
        return network()
      },
      get callerKey() {
        return networkKey(address() ?? '')
      },
      get csrf() {
        return csrf()
      },
    }
  }
}

const wantsPage = (ctx: Context): boolean => ctx.accepts('json', 'html') === 'html'

/** Computed when first asked for: most requests are a program's, and ask for neither token nor network. */
function once<Value>(compute: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: compute() }
    return made.value
  }
}
