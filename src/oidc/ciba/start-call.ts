import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../../kernel/clock.ts'
import { PlacetError } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { bearerHash } from '../bearer-hash.ts'
import type { ClientCache } from '../client-cache.ts'
import { answerOAuthError, grantWasRefused } from '../oauth-error.ts'
import type { OidcStorage } from '../pg-adapter.ts'
import type { OidcLog } from '../ports.ts'
import type { RowSeal } from '../row-seal.ts'
import { touchpointIdOf } from '../touchpoint-of-client.ts'
import { callScopes, cibaGrant } from './ciba-clients.ts'
import type { CibaDeps } from './ciba-deps.ts'
import { cibaTimes } from './ciba-times.ts'
import type { HintedPeople } from './hinted-people.ts'
import { keepCall, spendCallQuota } from './keep-call.ts'

export interface CallParts {
  readonly ciba: CibaDeps
  readonly storage: OidcStorage
  readonly clients: ClientCache
  readonly rowSeal: RowSeal
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: OidcLog
  readonly hinted: HintedPeople
}

type Next = () => Promise<void>

/**
 * Requests by call (CIBA 7), behind the engine and before its request is kept: the engine has proven client, agent and
 * message. Whoever the hint names, or nobody, the same is written and the same answered; who is told of it, and whether
 * anybody, is found out when the answer has left (R50).
 */
export const startCall =
  (parts: CallParts) =>
  async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    await next()
    if (ctx.oidc?.route !== 'backchannel_authentication') return
    if (grantWasRefused(ctx, cibaGrant)) {
      answerOAuthError(ctx, 400, 'unauthorized_client', 'this client may not ask by way of an agent')
    }
    if (ctx.status !== 200) return
    try {
      await admitCall(parts, ctx)
    } catch (error) {
      parts.log.error('oidc.call-start-failed', {}, error)
      parts.storage.unitOf(ctx).discard()
      const busy = error instanceof PlacetError && error.failure === 'unavailable'
      answerOAuthError(
        ctx,
        busy ? 503 : 500,
        busy ? 'temporarily_unavailable' : 'server_error',
        'try again later',
      )
    }
  }

async function admitCall(parts: CallParts, ctx: KoaContextWithOIDC): Promise<void> {
  const { client, params } = ctx.oidc
  const unit = parts.storage.unitOf(ctx)
  const refuse = (status: number, error: string, description: string) => {
    // The engine has made its request already, and would keep it.
    unit.discard()
    answerOAuthError(ctx, status, error, description)
  }
  const request = ctx.oidc.entities.BackchannelAuthenticationRequest
  const hinted = parts.hinted.get(ctx)
  const agentId = String(params?.['acting_agent'])
  const stored = client && parts.clients.find(client.clientId)
  if (client === undefined || stored === undefined || request === undefined || hinted === undefined) {
    throw new Error('the engine made no request')
  }
  const scopes = callScopes(stored, request.scope ?? '')
  if (scopes === undefined)
    return refuse(400, 'invalid_scope', 'asks for more than the client is registered for')
  const touchpointId = touchpointIdOf(parts.clients, client.clientId)
  const wait = await spendCallQuota(parts, { clientId: client.clientId, agentId, touchpointId })
  if (wait > 0) {
    ctx.set('Retry-After', String(Math.ceil(wait)))
    return refuse(429, 'temporarily_unavailable', 'too many requests by this agent or client')
  }
  const codeHash = bearerHash(request.jti)
  const now = parts.clock.now()
  // As the engine counts, in whole seconds.
  const end = Math.floor(now.getTime() / 1000) + request.expiration
  const token = params?.['client_notification_token']
  const tell = await keepCall(parts, {
    codeHash,
    clientId: client.clientId,
    subjectId: hinted.subjectId,
    agentId,
    touchpointId,
    startedAt: now,
    requestExpiresAt: new Date(end * 1000),
    particulars: {
      bindingMessage: String(params?.['binding_message']),
      scopes: [...scopes],
      ...(typeof token === 'string' ? { ping: { authReqId: request.jti, token } } : {}),
    },
  })
  ctx.body = { ...(ctx.body as object), interval: cibaTimes.interval }
  unit.afterFlush(() =>
    parts.ciba.later(async () => {
      if (hinted.known) await tell()
    }),
  )
}
