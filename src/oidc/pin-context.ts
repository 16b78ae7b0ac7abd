import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { checkParameters } from './parameter-caps.ts'

/*
 * Two seams of the engine that are no documented hooks; a test pins each.
 *
 * Addresses: the engine builds the endpoints it publishes and redirects to from the request (host, protocol, even an
 * absolute request target). Here they come from the configured issuer alone (R17, R114).
 *
 * Bodies: the engine reads and parses them itself, so their parameters are measured where it hands them over.
 */
export function pinContext(provider: Provider): void {
  const body = Symbol('body')
  const prototype: object = provider.OIDCContext.prototype
  Object.defineProperties(prototype, {
    urlFor: {
      value: (name: string, options?: Record<string, unknown>) => provider.urlFor(name, options),
    },
    body: {
      get(this: Record<symbol, unknown>) {
        return this[body]
      },
      set(this: Record<symbol, unknown>, parsed: unknown) {
        checkParameters(parsed)
        this[body] = parsed
      },
    },
  })
}

/** Makes the request look as it does from outside, whatever stands in front: cookies are secure exactly under https. */
export function pinRequest(ctx: KoaContextWithOIDC, issuer: URL): void {
  const { host, protocol, origin } = issuer
  Object.defineProperties(ctx.request, {
    protocol: { value: protocol.slice(0, -1) },
    host: { value: host },
    href: { value: `${origin}${ctx.request.url.startsWith('/') ? ctx.request.url : '/'}` },
  })
}
