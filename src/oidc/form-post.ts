import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { languageOf, showPage } from './own-pages.ts'
import type { OidcViews } from './ports.ts'

type ResponseMode = Parameters<Provider['registerResponseMode']>[1]

/**
 * OAuth 2.0 Form Post Response Mode: the answer travels to the client in a form, on a page of ours. The address was
 * compared with the registered ones before, on the way of an error too. The status is the engine's: a request that
 * failed on our side must not be written.
 */
export const formPostMode =
  (views: OidcViews): ResponseMode =>
  async (ctx, redirectUri, payload) => {
    const failed = 'error' in payload
    if (ctx.status < 400) ctx.status = failed ? 400 : 200
    const policy = ctx.response.get('Content-Security-Policy')
    ctx.set('Content-Security-Policy', policyTowards(redirectUri, String(policy)))
    showPage(
      ctx,
      await views.formPost({
        action: redirectUri,
        fields: Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)])),
        clientName: nameOf(ctx),
        language: languageOf(ctx),
      }),
    )
  }

const nameOf = ({ oidc }: KoaContextWithOIDC) => oidc.client?.clientName ?? oidc.client?.clientId ?? ''

/**
 * The policy of this one answer: its form goes by https, or in the scheme of the address where that is an app's or this
 * device's. It names no host, because Chromium holds every redirect that follows against it, and clients take the form
 * at one origin and go on at another: they would end on a blank page, without a word. Nothing is upgraded on the way to
 * an app that listens on plain http (RFC 8252 7.3) and would never hear.
 */
export function policyTowards(redirectUri: string, policy: string): string {
  const { protocol } = new URL(redirectUri)
  const left = protocol === 'https:' ? /^form-action\b/ : /^(form-action|upgrade-insecure-requests)\b/
  const kept = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter((directive) => directive !== '' && !left.test(directive))
  return [...kept, `form-action ${[...new Set(['https:', protocol])].join(' ')}`].join('; ')
}
