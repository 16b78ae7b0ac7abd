import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { terminalOfClient } from '../../features/touchpoints/index.ts'
import { parseId, type SubjectId } from '../../kernel/ids.ts'
import { type ActClaim, actIn } from '../ciba/act-claim.ts'
import type { ClientCache } from '../client-cache.ts'
import type { OidcStorage } from '../pg-adapter.ts'
import type { StoredClient } from '../pg-clients.ts'
import { mayActFor } from './exchange-clients.ts'
import { unfit } from './exchange-request.ts'

/** The token of a person that somebody wants to act with, as it stands now. */
export interface SubjectToken {
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly grantId: string
  readonly sessionUid: string | undefined
  /** Whether it ends with that session, as all do that were not asked for to outlive it. */
  readonly endsWithSession: boolean
  readonly audience: string | undefined
  /** What it still stands for: what was taken back since it was made is gone. */
  readonly scopes: readonly string[]
  readonly refusedClaims: readonly string[]
  readonly keyThumbprint: string | undefined
  readonly secondsLeft: number
  /** Who acts with it already. */
  readonly act: ActClaim | undefined
}

/** More hands than these in a row are nobody's call any more. */
const longestChain = 3
const handsOf = (act: ActClaim | undefined): number => (act === undefined ? 0 : 1 + handsOf(act.act))

/**
 * Reads the token, its grant, its session and the person, in the one read that a token takes, and looks whether all of them
 * stand and this client may act with it. Whatever is wrong is one answer (RFC 8693 2.2.2).
 */
export async function subjectTokenOf(
  parts: { readonly clients: Pick<ClientCache, 'find'>; readonly storage: OidcStorage },
  ctx: KoaContextWithOIDC,
  actor: StoredClient,
  value: string,
): Promise<SubjectToken> {
  const { provider } = ctx.oidc
  const token = await provider.AccessToken.find(value)
  const owner = token?.clientId === undefined ? undefined : parts.clients.find(token.clientId)
  const subjectId = parseId<'subject'>(token?.accountId)
  const refuse = () => new errors.InvalidRequest(unfit)
  if (token === undefined || owner === undefined || subjectId === undefined) throw refuse()
  if (!mayActFor(actor, owner) || terminalOfClient(owner.clientId) !== undefined) throw refuse()
  const unit = parts.storage.unitOf(ctx)
  if ((await unit.stateOf(subjectId, owner.clientId)) !== 'active') throw refuse()
  const grant = await provider.Grant.find(token.grantId)
  if (grant === undefined || grant.clientId !== owner.clientId || grant.accountId !== subjectId)
    throw refuse()
  const { aud, jkt } = token
  const audience = typeof aud === 'string' ? aud : undefined
  const act = actIn(token.extra)
  if (token['x5t#S256'] !== undefined || Array.isArray(aud) || handsOf(act) >= longestChain) throw refuse()
  const live =
    audience === undefined
      ? grant.getOIDCScopeFiltered(token.scopes)
      : grant.getResourceScopeFiltered(audience, token.scopes)
  return {
    subjectId,
    clientId: owner.clientId,
    grantId: token.grantId,
    sessionUid: token.sessionUid,
    endsWithSession: (await unit.token(value))?.endsWithSession === true,
    audience,
    scopes: live.split(' ').filter(Boolean),
    refusedClaims: grant.getRejectedOIDCClaims(),
    keyThumbprint: jkt,
    secondsLeft: token.remainingTTL,
    act,
  }
}
