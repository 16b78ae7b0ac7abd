import type { Account, AccountClaims, FindAccount } from 'oidc-provider'
import { parseId } from '../kernel/ids.ts'
import { words } from './asks.ts'
import { actIn, actOf } from './ciba/act-claim.ts'
import { withoutRefused } from './claims.ts'
import type { OidcStorage } from './pg-adapter.ts'
import type { ReleaseClaims } from './ports.ts'
import { keyFitsClient, type TouchpointParts, touchpointClaim } from './touchpoint-of-client.ts'

export interface AccountParts extends TouchpointParts {
  readonly storage: OidcStorage
  readonly release: ReleaseClaims
  readonly claimsByScope: () => Readonly<Record<string, readonly string[]>>
}

/**
 * The person behind a session or token, or nobody. Asked at the start of a flow and again when its result is redeemed,
 * so whoever was locked, blocked or erased in between gets nothing from any grant (R31). Costs no read of its own: the
 * person's state came with the token or the session.
 */
export const findAccount =
  (parts: AccountParts): FindAccount =>
  async (ctx, sub, token): Promise<Account | undefined> => {
    const { storage, release, claimsByScope, clients } = parts
    const subjectId = parseId<'subject'>(sub)
    if (subjectId === undefined) return undefined
    const clientId = ctx.oidc.client?.clientId ?? ''
    const state = await storage.unitOf(ctx).stateOf(subjectId, clientId)
    // A request by call is about whoever its hint names, or nobody: the one answer for all is given there (R50).
    if (state !== 'active' && ctx.oidc.route !== 'backchannel_authentication') return undefined
    if (token?.kind === 'AccessToken' && !keyFitsClient(clients, clientId, token.jkt)) return undefined
    return {
      accountId: subjectId,
      // The engine says `id_token` too, and there the answer is the name, and where it happened: what has left in an ID token cannot be
      // withdrawn, and beside a resource-bound token the engine would put every granted claim into it.
      claims: async (use, scope, claims, rejected): Promise<AccountClaims> => {
        if (use !== 'userinfo') return { sub: subjectId, ...touchpointClaim(parts, clientId), ...actOf(ctx) }
        const released = await release({
          subjectId,
          clientId,
          exit: 'userinfo',
          carried: storage.unitOf(ctx).carried(subjectId, clientId),
          ...withoutRefused(words(scope), Object.keys(claims), rejected, claimsByScope()),
        })
        const act = token?.kind === 'AccessToken' ? actIn(token.extra) : undefined
        return { ...released, sub: subjectId, ...(act === undefined ? {} : { act }) }
      },
    }
  }
