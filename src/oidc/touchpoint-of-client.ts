import { type AccessToken, type ClientCredentials, errors, type KoaContextWithOIDC } from 'oidc-provider'
import { type TouchpointClaim, terminalOfClient } from '../features/touchpoints/index.ts'
import type { ClientCache } from './client-cache.ts'

/** Where a client stands, as its registration says; undefined for a client that is nowhere in particular. */
export function touchpointIdOf(clients: Pick<ClientCache, 'find'>, clientId: string): string | undefined {
  const id = clients.find(clientId)?.metadata['touchpoint']
  return typeof id === 'string' ? id : undefined
}

/** Port: a touchpoint's code as it is told in tokens; undefined for one nobody knows. */
export type FindTouchpoint = (id: string) => TouchpointClaim | undefined

export interface TouchpointParts {
  readonly clients: Pick<ClientCache, 'find'>
  readonly touchpoint?: FindTouchpoint | undefined
}

export function touchpointClaim(
  { clients, touchpoint }: TouchpointParts,
  clientId: string,
): { readonly touchpoint?: TouchpointClaim } {
  const id = touchpointIdOf(clients, clientId)
  const claim = id === undefined ? undefined : touchpoint?.(id)
  return claim === undefined ? {} : { touchpoint: claim }
}

/**
 * Whether a token may be held by this client: a terminal's is bound to the one key it was enrolled with (RFC 9449), so that
 * a terminal that was enrolled anew leaves nothing behind for whoever has its former key. Every other client may hold any.
 */
export function keyFitsClient(
  clients: Pick<ClientCache, 'find'>,
  clientId: string,
  jkt: string | undefined,
): boolean {
  if (terminalOfClient(clientId) === undefined) return true
  const jwks = clients.find(clientId)?.metadata['jwks']
  if (jkt === undefined || typeof jwks !== 'object' || jwks === null || !('keys' in jwks)) return false
  const { keys } = jwks
  // The key's id is its thumbprint (RFC 7638): it was given here, at the enrolment.
  return Array.isArray(keys) && keys.some((key: { readonly kid?: unknown }) => key.kid === jkt)
}

/** What access tokens say beside what the engine puts into them, whether they are read here or carried as a JWT. */
export const tokenClaims =
  (parts: TouchpointParts) =>
  async (
    _ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
  ): Promise<Record<string, unknown> | undefined> => {
    const clientId = token.clientId ?? ''
    if (!keyFitsClient(parts.clients, clientId, token.jkt)) {
      throw new errors.InvalidDpopProof('a terminal asks with the key it was enrolled with')
    }
    const claims = touchpointClaim(parts, clientId)
    return claims.touchpoint === undefined ? undefined : { ...claims }
  }
