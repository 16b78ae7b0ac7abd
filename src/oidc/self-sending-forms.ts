import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import { type Entropy, parseId } from '../kernel/ids.ts'
import type { AuditBatch } from './audit-batch.ts'
import { bearerHash } from './bearer-hash.ts'
import type { ClientCache } from './client-cache.ts'
import type { CookieNames } from './cookies.ts'
import type { OidcStorage } from './pg-adapter.ts'

export interface SelfSendingParts {
  readonly storage: OidcStorage
  readonly clients: ClientCache
  readonly entropy: Entropy
  readonly clock: Clock
  readonly audit: AuditBatch
  readonly cookies: CookieNames
  readonly https: boolean
  /** Called when there is something to deliver. */
  readonly nudge: () => void
}

/**
 * Twice the engine answers with a form that sends itself to the end of the session, and asks nobody: when somebody else
 * proved who they are in a browser with a session, and when a client wants a session ended where there is none. What
 * the form would do is done here in the same transaction, and the browser goes straight on, without script. It is as
 * safe as the form was: the engine shows the first only to the browser whose signed cookie the interaction is bound to,
 * and the second goes to an address registered for the client that the request names, or to our own page.
 */
export const withoutSelfSendingForms =
  (parts: SelfSendingParts) =>
  async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next()
    if (ctx.oidc === undefined || ctx.status !== 200) return
    const { route, session } = ctx.oidc
    if (route === 'resume' && isForNewcomer(ctx)) {
      endSession(ctx, parts)
      go(ctx, ctx.oidc.urlFor('resume', { uid: ctx.oidc.entities.Interaction?.uid }))
    }
    if (route === 'end_session' && session !== undefined && session.accountId === undefined) {
      const { postLogoutRedirectUri: to, state } = session.state ?? {}
      forget(ctx, parts)
      go(ctx, typeof to === 'string' ? withState(to, state) : ctx.oidc.urlFor('end_session_success'))
    }
  }

/** The engine's own question. Once it let the newcomer in, the session is theirs. */
function isForNewcomer({ oidc: { session, entities } }: KoaContextWithOIDC): boolean {
  const result = entities.Interaction?.result
  const login = result !== undefined && 'login' in result ? result.login : undefined
  return (
    login !== undefined && session?.accountId !== undefined && session.accountId !== String(login.accountId)
  )
}

/** As signing out of everything in this browser ends it: what was granted for longer stays (R25), clients are told (R35). */
function endSession(ctx: KoaContextWithOIDC, parts: SelfSendingParts): void {
  const { session } = ctx.oidc
  const subjectId = parseId<'subject'>(session?.accountId)
  if (session === undefined || subjectId === undefined) return
  const unit = parts.storage.unitOf(ctx)
  for (const [clientId, { grantId, sid, persistsLogout }] of Object.entries(session.authorizations ?? {})) {
    if (grantId !== undefined && persistsLogout !== true) {
      unit.put('dropFamily', grantId, [grantId])
      unit.put('dropGrant', grantId, [grantId])
    }
    if (parts.clients.metadata(clientId)?.['backchannel_logout_uri'] === undefined) continue
    const noticeId = parts.entropy.id<'logout-notice'>()
    unit.put('logoutNotice', noticeId, [noticeId, clientId, subjectId, sid ?? null])
  }
  forget(ctx, parts)
  unit.afterFlush(() => {
    parts.nudge()
    // Who came instead is none of the first person's business.
    parts.audit.add({
      action: 'oidc.session-ended',
      actor: { kind: 'system', name: 'account-switch' },
      at: parts.clock.now(),
      subjectId,
      facts: { sessions: 1 },
    })
  })
}

/** The session's row and its cookie. The engine has just saved it, to find its own form again. */
function forget(ctx: KoaContextWithOIDC, parts: SelfSendingParts): void {
  const id = ctx.oidc.session?.jti
  if (id === undefined) return
  const unit = parts.storage.unitOf(ctx)
  const hash = bearerHash(id)
  const key = hash.toString('hex')
  unit.withdraw('session', key)
  unit.withdraw('sessionHeld', key)
  unit.put('dropSession', key, [hash])
  ctx.cookies.set(parts.cookies.session, null, {
    httpOnly: true,
    sameSite: 'lax',
    secure: parts.https,
    signed: true,
    overwrite: true,
  })
}

function go(ctx: KoaContextWithOIDC, to: string): void {
  ctx.status = 303
  ctx.redirect(to)
}

function withState(uri: string, state: unknown): string {
  if (typeof state !== 'string') return uri
  const url = new URL(uri)
  url.searchParams.set('state', state)
  return url.href
}
