import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import { PlacetError } from '../kernel/errors.ts'
import { checkParameters, longestBody } from './parameter-caps.ts'
import type { OidcStorage } from './pg-adapter.ts'
import { pinRequest } from './pin-context.ts'
import type { OidcLog, OidcViews } from './ports.ts'
import type { RequestUnit } from './request-unit.ts'

export interface SettleParts {
  readonly issuer: URL
  readonly storage: OidcStorage
  readonly views: OidcViews
  readonly log: OidcLog
  /** A code or refresh token was used a second time, at the same moment as the first. */
  readonly onReuse: (ctx: KoaContextWithOIDC) => void
}

type Next = () => Promise<void>

/** Before the engine: how the request looks from outside, and whether its size is bearable (R16). */
export const admitRequest =
  (parts: SettleParts) =>
  async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    pinRequest(ctx, parts.issuer)
    try {
      if ((ctx.request.length ?? 0) > longestBody) throw new errors.InvalidRequest('the request is too long')
      checkParameters(ctx.query)
    } catch (error) {
      if (!(error instanceof errors.InvalidRequest)) throw error
      return refuse(ctx, parts.views, 400, 'invalid_request', error.error_description)
    }
    await next()
  }

/**
 * After the engine and before the answer leaves: what the request wrote becomes durable, all or nothing. If the code it
 * redeemed was redeemed elsewhere in the meantime, the answer is taken back and the whole family of tokens ends (R7, R22).
 */
export const settleRequest =
  (parts: SettleParts) =>
  async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    await next()
    if (ctx.oidc === undefined) {
      if (ctx.status === 404) await refuse(ctx, parts.views, 404, 'not_found', 'there is no such endpoint')
      return
    }
    const unit = parts.storage.unitOf(ctx)
    if (ctx.status >= 500) unit.discard()
    // The engine consumes before its last checks: a refused request would cost the client the token it still needs.
    else if (ctx.status >= 400 && ctx.oidc.route === 'token') unit.keepRevocations()
    if (ctx.status === 503) ctx.set('Retry-After', '5')
    try {
      if ((await unit.flush()) === 'written') return
      const grantId = unit.consumedGrantId
      if (grantId !== undefined) {
        unit.put('dropFamily', grantId, [grantId])
        unit.put('dropGrant', grantId, [grantId])
        await unit.flush()
        parts.onReuse(ctx)
      }
      ctx.remove('Location')
      const [error, description] = lossOf(unit, ctx.oidc.route)
      await refuse(ctx, parts.views, 400, error, description)
    } catch (error) {
      parts.log.error('oidc.write-failed', {}, error)
      ctx.remove('Location')
      ctx.remove('Set-Cookie')
      const retry = error instanceof PlacetError ? (error.retryAfterSeconds ?? 5) : undefined
      if (retry !== undefined) ctx.set('Retry-After', String(retry))
      await refuse(
        ctx,
        parts.views,
        retry === undefined ? 500 : 503,
        retry === undefined ? 'server_error' : 'temporarily_unavailable',
        undefined,
      )
    }
  }

/** What a request is told that found its code, token, pushed request or session gone when it wrote. */
function lossOf(unit: RequestUnit, route: string): readonly [error: string, description: string] {
  if (!unit.consumes && route !== 'token') return ['session_not_found', 'the session ended in the meantime']
  return route === 'authorization' || route === 'resume'
    ? ['invalid_request_uri', 'request_uri is invalid, expired, or was already used']
    : ['invalid_grant', 'grant request is invalid']
}

async function refuse(
  ctx: KoaContextWithOIDC,
  views: OidcViews,
  status: number,
  error: string,
  description: string | undefined,
): Promise<void> {
  ctx.status = status
  ctx.set('Cache-Control', 'no-store')
  if (ctx.accepts('json', 'html') !== 'html') {
    ctx.body = { error, ...(description === undefined ? {} : { error_description: description }) }
    return
  }
  ctx.type = 'text/html; charset=utf-8'
  ctx.body = await views.error({
    error,
    description,
    language: {
      acceptLanguage: ctx.get('accept-language') || undefined,
      cookie: undefined,
      uiLocales: undefined,
    },
  })
}
