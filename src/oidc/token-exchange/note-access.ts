import type { AccessToken, Client, KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../../kernel/clock.ts'
import { parseId } from '../../kernel/ids.ts'
import type { AuditBatch } from '../audit-batch.ts'
import { actIn } from '../ciba/act-claim.ts'
import type { OidcStorage } from '../pg-adapter.ts'

export interface AccessParts {
  readonly storage: OidcStorage
  readonly audit: AuditBatch
  readonly clock: Clock
}

/**
 * Each time an agent's token is used it goes on record in the person's chain, where they see it: at userinfo by the client
 * that acts, at introspection by the service that was shown it.
 */
export function noteAccess(
  { storage, audit, clock }: AccessParts,
  ctx: KoaContextWithOIDC,
  token: Pick<AccessToken, 'accountId' | 'clientId' | 'extra'>,
  by: string,
): void {
  const act = actIn(token.extra)
  const subjectId = parseId<'subject'>(token.accountId)
  if (act === undefined || subjectId === undefined) return
  const entry = {
    action: 'oidc.agent-access',
    actor: { kind: 'client', clientId: by },
    at: clock.now(),
    subjectId,
    about: `client:${token.clientId ?? by}`,
    facts: { agent: act.sub, at: ctx.oidc.route },
  } as const
  storage.unitOf(ctx).afterFlush(() => audit.add(entry))
}

/** Userinfo that was given out. */
export const noteUserinfo =
  (parts: AccessParts) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    if (ctx.oidc?.route !== 'userinfo' || ctx.status !== 200) return
    const token = ctx.oidc.entities.AccessToken
    if (token !== undefined) noteAccess(parts, ctx, token, token.clientId ?? '')
  }

type Policy<Token> = (ctx: KoaContextWithOIDC, client: Client, token: Token) => Promise<boolean>

/** Introspection that was answered. */
export const notingIntrospection =
  <Token extends object>(
    note: ((ctx: KoaContextWithOIDC, token: AccessToken, by: string) => void) | undefined,
    policy: Policy<Token | AccessToken>,
  ): Policy<Token | AccessToken> =>
  async (ctx, client, token) => {
    const told = await policy(ctx, client, token)
    if (told && 'kind' in token && token.kind === 'AccessToken')
      note?.(ctx, token as AccessToken, client.clientId)
    return told
  }
