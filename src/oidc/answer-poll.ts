import type { KoaContextWithOIDC } from 'oidc-provider'
import { cibaGrant } from './ciba/ciba-clients.ts'
import type { ClientCache } from './client-cache.ts'
import { deviceGrant, terminalOf } from './device/terminals.ts'
import { answerOAuthError, errorOf } from './oauth-error.ts'
import type { OidcStorage } from './pg-adapter.ts'

/**
 * What whoever waits for somebody's yes is told at the token endpoint beyond the engine's words: `slow_down`, which the
 * engine never says (RFC 8628 3.5, CIBA 11), and a terminal also whether somebody holds the code already, so that it stops
 * showing others and says "look at your phone". A client that is no terminal is told that it is none, whatever it brought
 * (R38).
 */
export const answerPoll =
  (parts: { readonly storage: OidcStorage; readonly clients: ClientCache }) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    if (ctx.oidc?.route !== 'token') return
    const grant = ctx.oidc.params?.['grant_type']
    if (grant !== deviceGrant && grant !== cibaGrant) return
    const { client } = ctx.oidc
    if (client === undefined || ctx.status !== 400) return
    if (grant === deviceGrant && terminalOf(parts.clients.find(client.clientId)) === undefined) {
      return answerOAuthError(ctx, 400, 'unauthorized_client', 'this client may not use the device flow')
    }
    if (errorOf(ctx) !== 'authorization_pending') return
    const { polled } = parts.storage.unitOf(ctx)
    if (polled?.hasty === true) {
      return answerOAuthError(ctx, 400, 'slow_down', 'asked too soon; wait five seconds longer from now on')
    }
    if (polled?.state === 'claimed') ctx.body = { ...(ctx.body as object), claimed: true }
  }
