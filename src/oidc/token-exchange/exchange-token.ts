import { type Client, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../../kernel/clock.ts'
import { type ActClaim, actsWith } from '../ciba/act-claim.ts'
import type { CibaDeps } from '../ciba/ciba-deps.ts'
import type { ClientCache } from '../client-cache.ts'
import { lifetimes } from '../lifetimes.ts'
import type { OidcStorage } from '../pg-adapter.ts'
import type { FindResource, ResourceServer } from '../ports.ts'
import { touchpointIdOf } from '../touchpoint-of-client.ts'
import { accessTokenType, exchangeGrant, mayExchange } from './exchange-clients.ts'
import { exchangeRequest } from './exchange-request.ts'
import { narrowScopes } from './narrow-scopes.ts'
import { provenKey } from './proven-key.ts'
import { type SubjectToken, subjectTokenOf } from './subject-token.ts'

export interface ExchangeParts {
  readonly storage: OidcStorage
  readonly clients: ClientCache
  readonly findResource: FindResource
  /** The active member of staff who may verify callers at this place. */
  readonly findAgent: CibaDeps['findAgent']
  readonly clock: Clock
  readonly algorithms: readonly string[]
}

/** A grant ends a little after what hangs on it, so that it never ends first. Seconds. */
const grantOutlives = 60

/**
 * Acting for somebody (RFC 8693): a client gives a person's token and the name of an agent, and gets a token that says both.
 * It is never more than the person's: its scopes, its service, its key, its time and its grant all come from there. The engine
 * calls this once the client has proven itself.
 */
export const exchangeToken =
  (parts: ExchangeParts) =>
  async (ctx: KoaContextWithOIDC): Promise<void> => {
    const { client, provider } = ctx.oidc
    const actor = client && parts.clients.find(client.clientId)
    if (client === undefined || actor === undefined || !mayExchange(actor)) {
      throw new errors.UnauthorizedClient('this client may not act for anybody')
    }
    const request = exchangeRequest(ctx.oidc.params ?? {})
    const place = touchpointIdOf(parts.clients, client.clientId)
    const agent = await parts.findAgent(request.agent, place)
    if (agent === undefined) {
      throw new errors.InvalidRequest('acting_agent names nobody who may verify callers here')
    }
    const subject = await subjectTokenOf(parts, ctx, actor, request.subjectToken)
    const key = await keyFor(parts, ctx, client, subject)
    const service = serviceOf(parts, client, subject, request.resource)
    const { scope: registered } = actor.metadata
    const scopes = narrowScopes({
      held: subject.scopes,
      registered: typeof registered === 'string' ? registered : undefined,
      atService: service?.scopes,
      asked: request.scopes,
    })
    if (scopes === undefined) {
      throw new errors.InvalidScope(
        'asks for more than this client may do with this token',
        request.scopes?.join(' ') ?? '',
      )
    }
    const longest = Math.min(lifetimes.accessToken, service?.tokens?.lifetimeSeconds ?? lifetimes.accessToken)
    const expiresIn = Math.max(1, Math.min(longest, subject.secondsLeft))
    const act: ActClaim = {
      sub: `staff:${agent.staffId}`,
      client_id: client.clientId,
      ...(subject.act === undefined ? {} : { act: subject.act }),
    }
    actsWith(ctx, act)
    if (subject.endsWithSession) parts.storage.unitOf(ctx).endWithSession()
    const scope = scopes.join(' ')
    const token = new provider.AccessToken({
      client,
      accountId: subject.subjectId,
      grantId: await keepGrant(parts, ctx, subject, scope, expiresIn + grantOutlives),
      gty: exchangeGrant,
      scope,
      expiresIn,
      // Opaque whatever the service usually takes: an agent's token has to end with what it came from.
      ...(subject.audience === undefined ? {} : { aud: subject.audience }),
      ...(subject.sessionUid === undefined ? {} : { sessionUid: subject.sessionUid }),
    })
    if (key !== undefined) token.setThumbprint('jkt', key)
    ctx.oidc.entity('AccessToken', token)
    ctx.body = {
      access_token: await token.save(),
      issued_token_type: accessTokenType,
      token_type: token.tokenType,
      expires_in: token.expiration,
      scope,
    }
  }

/** A bound token is exchanged by whoever has its key, and what comes of it is bound to the same (RFC 9449 5). */
async function keyFor(
  parts: ExchangeParts,
  ctx: KoaContextWithOIDC,
  client: Client,
  { keyThumbprint }: SubjectToken,
): Promise<string | undefined> {
  const key = await provenKey(parts, ctx)
  if (keyThumbprint !== undefined && key !== keyThumbprint) {
    throw new errors.InvalidDpopProof('subject_token is bound to a key; sign with that one')
  }
  if (key === undefined && client['dpopBoundAccessTokens'] === true) {
    throw new errors.InvalidDpopProof('this client registered that its tokens are bound to a key')
  }
  return key
}

/**
 * The service that the person's token is for, as this client may use it. For another one than that there is no exchange:
 * nobody who was given a token for one service may carry it to the next.
 */
function serviceOf(
  { findResource }: ExchangeParts,
  client: Client,
  { audience }: SubjectToken,
  asked: string | undefined,
): ResourceServer | undefined {
  if (asked !== undefined && asked !== audience) {
    throw new errors.InvalidTarget('subject_token is not for this service')
  }
  if (audience === undefined) return undefined
  const service = findResource(audience, client.clientId)
  if (service === undefined) throw new errors.InvalidTarget('there is no such service for this client')
  if (!service.consentGated && service.tokens?.format !== 'opaque') {
    throw new errors.InvalidTarget('this service takes tokens that nobody can end; an agent gets none')
  }
  return service
}

/** A grant of this exchange alone, which hangs on the one it came from and must still find it when it is written. */
async function keepGrant(
  parts: ExchangeParts,
  ctx: KoaContextWithOIDC,
  subject: SubjectToken,
  scope: string,
  expiresIn: number,
): Promise<string> {
  const { client, provider } = ctx.oidc
  const grant = new provider.Grant({ accountId: subject.subjectId, clientId: client?.clientId })
  if (subject.audience === undefined) grant.addOIDCScope(scope)
  else grant.addResourceScope(subject.audience, scope)
  if (subject.refusedClaims.length > 0) grant.rejectOIDCClaims([...subject.refusedClaims])
  Object.assign(grant, { expiresIn })
  return parts.storage.unitOf(ctx).hangingOn(subject.grantId, () => grant.save())
}
