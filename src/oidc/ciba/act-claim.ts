import { type AccessToken, type ClientCredentials, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { ClientCache } from '../client-cache.ts'
import { touchpointIdOf } from '../touchpoint-of-client.ts'
import type { CibaDeps } from './ciba-deps.ts'

/** RFC 8693 4.1: who acts with the token, beside whom it is about. */
export interface ActClaim {
  readonly sub: string
  readonly client_id: string
  /** Who acted before them, where a token went through several hands. */
  readonly act?: ActClaim
}

const exchanged = new WeakMap<KoaContextWithOIDC, ActClaim>()

/** Says who acts with what this request makes out of a person's token. */
export const actsWith = (ctx: KoaContextWithOIDC, act: ActClaim): void => void exchanged.set(ctx, act)

/** Who acts with a token that was made before, as it says itself. */
export function actIn(extra: unknown): ActClaim | undefined {
  const act: unknown = typeof extra === 'object' && extra !== null ? Reflect.get(extra, 'act') : undefined
  return typeof act === 'object' && act !== null && 'sub' in act ? (act as ActClaim) : undefined
}

/** The agent of what is being redeemed or exchanged; nobody in any other request (R49). */
export function actOf(ctx: KoaContextWithOIDC): { readonly act?: ActClaim } {
  const { entities, client } = ctx.oidc
  const given = exchanged.get(ctx)
  if (given !== undefined) return { act: given }
  const agent = entities.BackchannelAuthenticationRequest?.params?.['acting_agent']
  if (client === undefined || typeof agent !== 'string') return {}
  return { act: { sub: `staff:${agent}`, client_id: client.clientId } }
}

type TokenClaims = (
  ctx: KoaContextWithOIDC,
  token: AccessToken | ClientCredentials,
) => Promise<Record<string, unknown> | undefined>

/**
 * Writes the agent into an access token, and looks once more whether they may act: somebody who left between the question
 * and the customer's yes gets nothing of it. A redemption that names nobody is refused.
 */
export const withAct =
  (
    parts: { readonly clients: Pick<ClientCache, 'find'>; readonly ciba: Pick<CibaDeps, 'findAgent'> },
    inner: TokenClaims,
  ): TokenClaims =>
  async (ctx, token) => {
    const claims = await inner(ctx, token)
    const { act } = actOf(ctx)
    // An exchange has looked at its agent a moment ago; see exchange-token.ts.
    if (exchanged.has(ctx)) return { ...claims, act }
    if (ctx.oidc.entities.BackchannelAuthenticationRequest === undefined) return claims
    const place = touchpointIdOf(parts.clients, token.clientId ?? '')
    const staffId = act?.sub.slice('staff:'.length)
    if (staffId === undefined || (await parts.ciba.findAgent(staffId, place)) === undefined) {
      throw new errors.InvalidGrant('the agent who asked may act no more')
    }
    return { ...claims, act }
  }
