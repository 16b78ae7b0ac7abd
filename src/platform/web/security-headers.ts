import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import helmet from 'helmet'
import type { Context } from 'koa'

export type Policy = 'own-pages' | 'redirects-to-clients' | 'keeps-offline-page' | 'rings-this-browser'

/**
 * A page that registers a worker makes its address by a policy that knows no other (views/assets/kiosk-offline.js and
 * push.js): browsers take it for script (Trusted Types), and everywhere else nobody can make any.
 */
const trustedTypes: Readonly<Record<Policy, string>> = {
  'own-pages': "'none'",
  'redirects-to-clients': "'none'",
  'keeps-offline-page': 'placet-kiosk',
  'rings-this-browser': 'placet-push',
}

const contentSecurityPolicy = (policy: Policy, https: boolean) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    requireTrustedTypesFor: ["'script'"],
    trustedTypes: [trustedTypes[policy]],
    ...(policy !== 'redirects-to-clients' ? { formAction: ["'self'"] } : {}),
    ...(https ? { upgradeInsecureRequests: [] } : {}),
  },
})

const build = (policy: Policy, https: boolean) =>
  helmet({
    contentSecurityPolicy: contentSecurityPolicy(policy, https),
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
  })

const permissions =
  'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), payment=()'

/** What helmet writes for a policy. It is the same for every request, so it is asked once, at the start. */
function headersOf(policy: Policy, https: boolean): Readonly<Record<string, string>> {
  const request = new IncomingMessage(new Socket())
  const response = new ServerResponse(request)
  build(policy, https)(request, response, (error?: unknown) => {
    if (error !== undefined) throw error
  })
  const written = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)])
  return { ...Object.fromEntries(written), 'permissions-policy': permissions, 'cache-control': 'no-store' }
}

/** Headers of every answer (R110, R111). The engine appends script hashes of its own pages, so these come before it. */
export function securityHeaders(https: boolean): (ctx: Context, policy: Policy) => void {
  const headers = {
    'own-pages': headersOf('own-pages', https),
    'redirects-to-clients': headersOf('redirects-to-clients', https),
    'keeps-offline-page': headersOf('keeps-offline-page', https),
    'rings-this-browser': headersOf('rings-this-browser', https),
  }
  return (ctx, policy) => {
    ctx.set(headers[policy])
  }
}
