import type { EventEmitter } from 'node:events'
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { Clock } from '../kernel/clock.ts'
import { channels } from '../kernel/evidence.ts'
import { parseId, type SubjectId } from '../kernel/ids.ts'
import { fromAcr } from './assurance.ts'
import type { AuditBatch } from './audit-batch.ts'
import { actOf } from './ciba/act-claim.ts'
import type { OidcStorage } from './pg-adapter.ts'
import type { GrantLabel, OidcLog, OidcMetrics, RecordAudit } from './ports.ts'
import { exchangeGrant } from './token-exchange/exchange-clients.ts'

export interface EventParts {
  readonly storage: OidcStorage
  readonly audit: AuditBatch
  /** For the few entries that the answer waits for. */
  readonly record: RecordAudit
  readonly metrics: OidcMetrics
  readonly clock: Clock
  readonly log: OidcLog
}

const labels: readonly GrantLabel[] = ['authorization_code', 'refresh_token', 'client_credentials']
const labelOf = (ctx: KoaContextWithOIDC): GrantLabel =>
  labels.find((label) => label === ctx.oidc.params?.['grant_type']) ?? 'other'

/**
 * What the engine says happened, as audit entries and counts. It speaks before its writes are durable, so everything
 * waits for the request's flush and is dropped with it. Silent sign-ons and refreshes are counted, not recorded: they
 * change nothing anybody could ask about later.
 */
export function hearEngine(provider: Provider, parts: EventParts): void {
  const { storage, metrics } = parts
  const later = (ctx: KoaContextWithOIDC, act: () => void) => storage.unitOf(ctx).afterFlush(act)
  const record = (ctx: KoaContextWithOIDC, action: string, more: Partial<AuditEntry> = {}) =>
    later(ctx, () => parts.audit.add(entryOf(ctx, parts.clock, action, more)))

  provider.on('interaction.ended', (ctx) => {
    const interaction = ctx.oidc.entities.Interaction
    const { lastSubmission, result } = interaction ?? {}
    const signedIn =
      result !== undefined && 'login' in result && !(lastSubmission && 'login' in lastSubmission)
    if (signedIn) record(ctx, 'oidc.session-started', { facts: { acr: ctx.oidc.acr ?? null } })
  })
  provider.on('authorization.success', (ctx) => {
    if (ctx.oidc.route === 'resume') record(ctx, 'oidc.authorized')
  })
  provider.on('authorization.error', (ctx, error) => {
    if (error.message === 'access_denied') record(ctx, 'oidc.refused')
  })
  provider.on('end_session.success', (ctx) =>
    record(ctx, ctx.oidc.params?.['logout'] ? 'oidc.signed-out' : 'oidc.signed-out-of-client'),
  )
  provider.on('grant.revoked', (ctx) => record(ctx, 'oidc.grant-revoked'))
  provider.on('grant.success', (ctx) => {
    later(ctx, () => metrics.tokens.inc({ grant: labelOf(ctx), outcome: 'issued' }))
    const { act } = actOf(ctx)
    // Each access of an agent is for the person to see.
    if (act === undefined) return
    if (ctx.oidc.params?.['grant_type'] !== exchangeGrant) {
      return record(ctx, 'oidc.call-redeemed', { facts: { agent: act.sub } })
    }
    const scopes = [...(ctx.oidc.entities.AccessToken?.scopes ?? [])]
    const facts = { agent: act.sub, scopes }
    // An agent gets nothing that the person could not see: the token leaves once its entry is durable, or not at all.
    const entry = entryOf(ctx, parts.clock, 'oidc.token-exchanged', { facts })
    storage.unitOf(ctx).afterFlush(() => parts.record([entry]))
  })
  provider.on('grant.error', (ctx, error) => {
    if (detailOf(error).includes('already')) return noteReuse(ctx, parts)
    metrics.tokens.inc({ grant: labelOf(ctx), outcome: 'refused' })
  })
  provider.on('server_error', (ctx, error) => {
    parts.log.error('oidc.server-error', {}, error)
    if (ctx.oidc?.route === 'token') metrics.tokens.inc({ grant: labelOf(ctx), outcome: 'failed' })
  })
  const app: EventEmitter = provider
  app.on('error', (error: unknown) => parts.log.warn('oidc.connection-error', {}, error))
}

/** R22: the second use of a code or refresh token is a sign of theft, and goes on record at once. */
export function noteReuse(ctx: KoaContextWithOIDC, parts: EventParts): void {
  const grant = labelOf(ctx)
  parts.metrics.tokens.inc({ grant, outcome: 'reused' })
  const owner = parts.storage.unitOf(ctx).owner
  const subjectId = parseId<'subject'>(owner?.['accountId'])
  parts.audit.add({
    ...entryOf(ctx, parts.clock, 'oidc.reuse-detected', { facts: { grant } }),
    ...(subjectId === undefined ? {} : { subjectId }),
  })
}

function entryOf(
  ctx: KoaContextWithOIDC,
  clock: Clock,
  action: string,
  more: Partial<AuditEntry>,
): AuditEntry {
  const { client, session, account, entities } = ctx.oidc
  const token = entities.AccessToken ?? entities.RefreshToken
  const subjectId = parseId<'subject'>(account?.accountId ?? session?.accountId ?? token?.accountId)
  const about = client === undefined ? undefined : `client:${client.clientId}`
  return {
    action,
    actor: actorOf(ctx, subjectId),
    at: clock.now(),
    ...(subjectId === undefined ? {} : { subjectId }),
    ...(about === undefined ? {} : { about }),
    ...placeOf(client),
    ...more,
  }
}

/** Where it happened, for clients that stand somewhere. */
function placeOf(client: KoaContextWithOIDC['oidc']['client']): Pick<AuditEntry, 'evidence'> {
  const touchpoint = client?.['touchpoint']
  const channel = channels.find((one) => one === client?.['channel'])
  if (client === undefined || typeof touchpoint !== 'string' || channel === undefined) return {}
  return { evidence: { channel, surface: 'oidc', language: 'und', touchpoint, clientId: client.clientId } }
}

/** A person in their browser, or a client at an endpoint of its own. */
function actorOf(ctx: KoaContextWithOIDC, subjectId: SubjectId | undefined): AuditEntry['actor'] {
  const { client, session } = ctx.oidc
  if (session?.accountId !== undefined && subjectId !== undefined) {
    return { kind: 'subject', subjectId, assurance: fromAcr(session.acr), sessionRef: session.uid }
  }
  return client === undefined ? { kind: 'anonymous' } : { kind: 'client', clientId: client.clientId }
}

const detailOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'error_detail' in error ? String(error.error_detail) : ''
