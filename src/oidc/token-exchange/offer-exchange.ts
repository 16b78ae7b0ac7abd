import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { answerOAuthError } from '../oauth-error.ts'
import { exchangeGrant, mayExchange } from './exchange-clients.ts'
import { exchangeParameters } from './exchange-request.ts'
import { type ExchangeParts, exchangeToken } from './exchange-token.ts'

/** Adds the grant to what the engine offers and lists in its discovery document. */
export function offerExchange(provider: Provider, parts: ExchangeParts): void {
  provider.registerGrantType(exchangeGrant, exchangeToken(parts), [...exchangeParameters])
  provider.use(refuseStrangers(parts))
}

/** The engine calls it an invalid request when a client did not register the grant; RFC 6749 5.2 has a word for it. */
const refuseStrangers =
  ({ clients }: Pick<ExchangeParts, 'clients'>) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    if (ctx.oidc?.route !== 'token' || ctx.oidc.params?.['grant_type'] !== exchangeGrant) return
    const { client } = ctx.oidc
    if (client === undefined || ctx.status !== 400 || mayExchange(clients.find(client.clientId))) return
    answerOAuthError(ctx, 400, 'unauthorized_client', 'this client may not act for anybody')
  }
