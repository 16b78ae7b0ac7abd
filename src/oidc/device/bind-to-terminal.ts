import { type AccessToken, type ClientCredentials, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { ClientCache } from '../client-cache.ts'
import { type TouchpointParts, tokenClaims } from '../touchpoint-of-client.ts'
import type { DeviceDeps } from './device-deps.ts'
import { terminalOf } from './terminals.ts'

/**
 * The last look before a token is made, and what is written into it. A terminal's token works with the terminal's own key
 * and no other (R46), is given out where the terminal stands, and says so. The scope of kiosks is for terminals alone.
 */
export const bindToTerminal =
  (
    parts: TouchpointParts &
      Pick<DeviceDeps, 'terminals' | 'callerOf'> & { readonly clients: Pick<ClientCache, 'find'> },
  ) =>
  async (
    ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
  ): Promise<Record<string, unknown> | undefined> => {
    const terminal = terminalOf(parts.clients.find(token.clientId ?? ''))
    if (terminal === undefined) {
      if (token.scopes.has('kiosk')) throw new errors.InvalidScope('only a terminal may have it', 'kiosk')
    } else if (!parts.terminals.mayCallFrom(terminal.touchpointId, parts.callerOf(ctx.req).address)) {
      throw new errors.InvalidGrant('this terminal may not ask from here')
    }
    return tokenClaims(parts)(ctx, token)
  }
