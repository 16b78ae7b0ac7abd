import helmet from 'helmet'
import type { Context } from 'koa'

export type Policy = 'own-pages' | 'redirects-to-clients'

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
    trustedTypes: ["'none'"],
    ...(policy === 'own-pages' ? { formAction: ["'self'"] } : {}),
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

/** Headers of every answer (R110, R111). The engine appends script hashes of its own pages, so these come before it. */
export function securityHeaders(https: boolean): (ctx: Context, policy: Policy) => Promise<void> {
  const writers = {
    'own-pages': build('own-pages', https),
    'redirects-to-clients': build('redirects-to-clients', https),
  }
  return (ctx, policy) =>
    new Promise((resolve, reject) => {
      writers[policy](ctx.req, ctx.res, (error?: unknown) => {
        if (error !== undefined) return reject(error)
        ctx.set(
          'Permissions-Policy',
          'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=(), payment=()',
        )
        ctx.set('Cache-Control', 'no-store')
        resolve()
      })
    })
}
