import type { AccessToken, Client, ClientCredentials, KoaContextWithOIDC, RefreshToken } from 'oidc-provider'
import { parseId } from '../kernel/ids.ts'
import { scopesAlive, withoutRefused } from './claims.ts'
import type { ClientCache } from './client-cache.ts'
import type { OidcStorage } from './pg-adapter.ts'
import type { FindResource, ReleaseClaims } from './ports.ts'
import { keyFitsClient } from './touchpoint-of-client.ts'

export interface IntrospectionParts {
  readonly clients: Pick<ClientCache, 'find'>
  readonly storage: OidcStorage
  readonly release: ReleaseClaims
  readonly findResource: FindResource
  readonly claimsByScope: () => Readonly<Record<string, readonly string[]>>
}

type Introspectable = AccessToken | ClientCredentials | RefreshToken

/**
 * Decides whether a token is introspected at all, and narrows it to what holds now: the engine answers with the scope
 * of the day the token was made (reference: surprise 5). Own tokens only, or those meant for a service the client
 * stands for; never for a client without a credential (R30); a locked person's token is inactive (R31), and so is one
 * for a service that was retired or that the token's client may no longer ask for.
 */
export const introspectionPolicy =
  ({ storage, clients, release, findResource, claimsByScope }: IntrospectionParts) =>
  async (ctx: KoaContextWithOIDC, client: Client, token: Introspectable): Promise<boolean> => {
    if (client.clientAuthMethod === 'none') return false
    const { clientId } = token
    if (clientId === undefined) return false
    const audience = 'aud' in token && typeof token.aud === 'string' ? token.aud : undefined
    const resource = audience === undefined ? undefined : findResource(audience, clientId)
    if (audience !== undefined && resource === undefined) return false
    const meantForIt = resource?.introspectors.includes(client.clientId) === true
    if (clientId !== client.clientId && !meantForIt) return false
    // The client it was made for may be gone by now; its tokens go with it.
    if ((await ctx.oidc.provider.Client.find(clientId)) === undefined) return false
    if (token.kind !== 'RefreshToken' && !keyFitsClient(clients, clientId, token.jkt)) return false
    if (resource !== undefined) {
      // What may be asked for now, not what could be on the day it was given.
      const scopes = [...token.scopes].filter((scope) => resource.scopes.includes(scope))
      if (token.scopes.size > 0 && scopes.length === 0) return false
      token.scope = scopes.join(' ')
    }
    if (!('accountId' in token)) return true

    const subjectId = parseId<'subject'>(token.accountId)
    if (subjectId === undefined) return false
    if ((await storage.unitOf(ctx).stateOf(subjectId, clientId)) !== 'active') return false
    const { grant } = ctx.oidc
    if (grant === undefined) return false
    // A token for a service stands for what may be done there and for no claims: nothing about the person but their name.
    if (audience !== undefined) {
      token.scope = grant.getResourceScopeFiltered(audience, token.scopes)
      return true
    }
    const scopes = grant.getOIDCScopeFiltered(token.scopes).split(' ').filter(Boolean)
    if (token.kind !== 'AccessToken') {
      token.scope = scopes.join(' ')
      return true
    }
    const requested = Object.keys(token.claims?.['userinfo'] ?? {})
    const released = await release({
      subjectId,
      clientId,
      exit: 'introspection',
      carried: storage.unitOf(ctx).carried(subjectId, clientId),
      ...withoutRefused(
        scopes,
        grant.getOIDCClaimsFiltered(new Set(requested)),
        grant.getRejectedOIDCClaims(),
        claimsByScope(),
      ),
    })
    token.scope = scopesAlive(scopes, claimsByScope(), released).join(' ')
    // The engine spreads `extra` into its answer before its own members, so none of those can be replaced.
    token.extra = { ...released, ...token.extra }
    return true
  }

/** A client may revoke what was issued to it, and nothing else (R30). */
export const revocationPolicy = (_ctx: KoaContextWithOIDC, client: Client, token: Introspectable): boolean =>
  token.clientId === client.clientId
