import type { Middleware } from 'koa'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import type { Entropy } from '../kernel/ids.ts'
import type { PersonalDataHolder } from '../kernel/personal-data.ts'
import type { Work } from '../kernel/work.ts'
import { closeable } from '../platform/closeable.ts'
import {
  createSealedTokens,
  type DerivedKeys,
  type Kek,
  keyedHash,
  type RotationPolicy,
} from '../platform/crypto/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import type { PipelinedReader } from '../platform/db/pipelined-reader.ts'
import { answerPoll } from './answer-poll.ts'
import { createAuditBatch } from './audit-batch.ts'
import { type Authorizations, createAuthorizations } from './authorizations.ts'
import { type Bearer, findBearer, findBearerOf } from './bearer.ts'
import { type CandidateClient, checkClient } from './check-client.ts'
import type { CallApprovals } from './ciba/call-approval.ts'
import type { CibaDeps } from './ciba/ciba-deps.ts'
import { openCalls } from './ciba/open-calls.ts'
import { readCallBlocks } from './ciba/pg-call-blocks.ts'
import { createClientCache } from './client-cache.ts'
import { cookieNames } from './cookies.ts'
import { currentSession, type FindCurrentSession } from './current-session.ts'
import { createDeviceFlows } from './device/create-device-flows.ts'
import type { DeviceDeps } from './device/device-deps.ts'
import type { DeviceFlows } from './device/device-flow.ts'
import { endVisitsWithSession } from './device/end-visits.ts'
import { startDeviceFlow } from './device/start-device-flow.ts'
import type { EndingStores } from './ending-stores.ts'
import { createEngineHolder, type EngineHolder } from './engine.ts'
import { inEngineWords } from './engine-error.ts'
import { type EventParts, hearEngine, noteReuse } from './engine-events.ts'
import { createInteractions, type Interactions } from './interactions.ts'
import { listKeys, loadKeys, replaceLeakedKey, rotateKeys, type SigningKeyEntry } from './keys.ts'
import { deliverLogoutNotices, queueLogoutNotices } from './logout-notices.ts'
import { onlyOwnPages } from './own-pages.ts'
import { type SubjectName, subjectName } from './pairwise.ts'
import { oidcPersonalData } from './personal-data.ts'
import { createStorage } from './pg-adapter.ts'
import { readActiveClients } from './pg-clients.ts'
import { deleteExpired } from './pg-expired.ts'
import { openListener } from './pg-listener.ts'
import { openPools } from './pg-pools.ts'
import { createReads, readsAlong } from './pg-reads.ts'
import { readLivingResources, resourcesChannel } from './pg-resources.ts'
import { signingKeysChannel } from './pg-signing-keys.ts'
import { createWrites } from './pg-writes.ts'
import type {
  Exchange,
  Fetch,
  FindResource,
  OidcLog,
  OidcMetrics,
  OidcViews,
  ReadAlong,
  RecordAudit,
  ReleaseClaims,
  UndecidedPurposes,
} from './ports.ts'
import { createProvider } from './provider.ts'
import { rememberedQuestions } from './remembered-question.ts'
import { createResourceCache } from './resource-cache.ts'
import { isEnginePath } from './routes.ts'
import { createRowSeal } from './row-seal.ts'
import { withoutSelfSendingForms } from './self-sending-forms.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { admitRequest, settleRequest } from './settle-requests.ts'
import { createStatementSigner, type StatementSigner } from './statement-signer.ts'
import { touchRule } from './touch-rule.ts'
import type { FindTouchpoint } from './touchpoint-of-client.ts'
import { createVisits } from './visits/create-visits.ts'
import { endIdleVisits } from './visits/pg-visit-store.ts'
import type { Visits } from './visits/visit.ts'
import type { VisitStores } from './visits/visit-store.ts'

/** What whoever changes the `clients` table says afterwards, so that every process reads them anew. */
export const clientsChannel = 'placet_clients'

export type AroundEngine = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>

export interface OidcDeps {
  /** An origin: `https://id.tienda.example`, or `http://localhost:…` for evaluation. */
  readonly issuer: URL
  readonly connection: DatabaseConnection
  readonly reader: PipelinedReader
  readonly derivedKeys: DerivedKeys
  readonly kek: Kek
  readonly rotation: RotationPolicy
  readonly clock: Clock
  readonly entropy: Entropy
  readonly fetch: Fetch
  readonly release: ReleaseClaims
  readonly undecided: UndecidedPurposes
  /** What `release` and `undecided` want read along with the engine's own rows; left out, they read for themselves. */
  readonly along?: { readonly release: ReadAlong; readonly undecided: ReadAlong }
  /** The services the house itself brings along; those that were registered come after them. */
  readonly findResource: FindResource
  /** Indicator of the house's own API, which clients acting for themselves get when they name no other. */
  readonly defaultResource: string | undefined
  /** Where clients stand, as tokens tell it. */
  readonly touchpoint?: FindTouchpoint
  /** Scope to claim names, from the attribute catalogue; read again at every rebuild. */
  readonly claimsByScope: () => Readonly<Record<string, readonly string[]>>
  readonly views: OidcViews
  /** For what ends at somebody's wish: the engine's own writes go their own way, and their proofs with `audit`. */
  readonly work: Work<EndingStores>
  readonly audit: RecordAudit
  readonly metrics: OidcMetrics
  readonly log: OidcLog
  /** Counts statements by name; the tests hold the budgets of performance.md with it. */
  readonly onRoundTrip?: (name: string) => void
  /** Told of every pairwise name as it is given out; must return at once. */
  readonly onPairwise?: (sector: string, sub: string, accountId: string) => void
  /** Goes round every request inside the engine: the status it sees is the one that leaves, and it may change it. */
  readonly around?: AroundEngine
  /** The device grant for terminals in stores; left out, nobody has it. */
  readonly device?: DeviceDeps
  /** Requests by telephone (CIBA); left out, nobody may make them. */
  readonly ciba?: CibaDeps
  /** What a terminal's tokens become; left out, they stay tokens. */
  readonly visitWork?: Work<VisitStores>
  /** How often keys, clients and services are looked at even when nobody said they changed. */
  readonly pollMs?: number
}

export interface Oidc {
  /** Answers the engine's paths, and passes on every other. */
  readonly middleware: Middleware
  readonly interactions: Interactions
  readonly sessions: Sessions
  readonly authorizations: Authorizations
  /** The phone's half of a sign-in at a kiosk; absent where the house has no device grant. */
  readonly deviceFlows: DeviceFlows | undefined
  /** The customer's half of a request by telephone; absent where the house takes none. */
  readonly callApprovals: CallApprovals | undefined
  /** Whoever signed in at a kiosk, as long as they stand there; absent where the house has no device grant. */
  readonly visits: Visits | undefined
  readonly personalData: PersonalDataHolder
  readonly currentSession: FindCurrentSession
  /** The client, and perhaps the person, behind an access token shown to our own API. */
  bearer(exchange: Exchange): Promise<Bearer | undefined>
  /** The same for the bare value of a token that did not come in the request's own header. */
  bearerOf(token: string): Promise<Bearer | undefined>
  /** The name under which a client knows a person. */
  subjectName(
    client: { readonly clientId: string; readonly metadata: Readonly<Record<string, unknown>> },
    subjectId: string,
  ): SubjectName
  readonly keys: {
    /** Takes the rotation steps due now (also at start, when there are no keys); answers how many. See `planRotation`. */
    rotate(options?: { readonly now?: Date; readonly begin?: boolean }): Promise<number>
    /** See `replaceLeakedKey`. */
    replaceLeaked(kid: string): Promise<string | undefined>
    list(): Promise<readonly SigningKeyEntry[]>
    reload(): Promise<void>
  }
  /** For what the house itself states and signs, such as receipts. */
  readonly statements: StatementSigner
  /** Throws `client-metadata` for a client the engine would refuse; answers the names that are recorded only. */
  checkClient(candidate: CandidateClient): Promise<readonly string[]>
  reloadClients(): Promise<void>
  reloadResources(): Promise<void>
  /** What people read of a registered service. */
  resourceName(identifier: string): string | undefined
  /** Builds the engine anew: scopes or claims changed. */
  rebuild(): Promise<void>
  deliverLogoutNotices(limit: number): Promise<number>
  /** Tells clients that wait for a customer's answer that there is one; see `deliverCallPings`. */
  deliverCallPings(limit: number): Promise<number>
  deleteExpired(limit: number): Promise<number>
  close(): Promise<void>
}

export const createOidc = (deps: OidcDeps): Promise<Oidc> => closeable((opened) => build(opened, deps))

async function build(opened: AsyncDisposableStack, deps: OidcDeps): Promise<Omit<Oidc, 'close'>> {
  const { issuer, clock, log, entropy } = deps
  if (issuer.pathname !== '/') throw new Error('the issuer is an origin, without a path')
  const onRoundTrip = deps.onRoundTrip ?? (() => {})
  const trouble = (error: unknown) => log.warn('oidc.database-trouble', {}, error)
  const https = issuer.protocol === 'https:'
  const pools = openPools(deps.connection, trouble)
  opened.defer(pools.close)
  const pool = pools.durable
  const reads = createReads(deps.reader, onRoundTrip)
  const audit = createAuditBatch(deps.audit, log)
  opened.defer(audit.drain)
  const writes = createWrites(pools, onRoundTrip, trouble)
  opened.defer(writes.drain)
  const rowSeal = createRowSeal(deps.derivedKeys.all('adapter'))
  const uncounted = createReads(deps.reader, () => {})
  const clients = createClientCache(() => readActiveClients(uncounted))
  const resources = createResourceCache(() => readLivingResources(uncounted))
  const findResource: FindResource = (indicator, clientId) =>
    deps.findResource(indicator, clientId) ?? resources.find(indicator, clientId)
  const along = deps.along === undefined ? undefined : readsAlong(deps.along)
  const storage = createStorage({
    reads,
    writes,
    rowSeal,
    along,
    clients,
    pool,
    clock,
    onRoundTrip,
    touchRule,
  })
  const events: EventParts = { storage, audit, metrics: deps.metrics, clock, log }
  const [today, ...retiring] = deps.derivedKeys.all('cookies')
  const cookieKeys = [keyedHash(today.bytes), ...retiring.map(({ bytes }) => keyedHash(bytes))] as const
  const pairwiseHash = keyedHash(deps.derivedKeys.anchored('pairwise').bytes)
  const questions = rememberedQuestions({
    sealedTokens: createSealedTokens(deps.derivedKeys.all('sealed-tokens'), issuer.origin),
    clock,
    https: issuer.protocol === 'https:',
  })
  const keyParts = { pool, kek: deps.kek, clock, policy: deps.rotation }

  await Promise.all([clients.reload(), resources.reload(), rotateKeys(keyParts)])

  let deliver: Promise<unknown> | undefined
  opened.defer(async () => void (await deliver))
  const nudge = () => {
    deliver ??= deliverLogoutNotices({ pool, engine, clock, log, audit: deps.audit }, 32)
      .catch(trouble)
      .finally(() => {
        deliver = undefined
      })
  }

  const settle = {
    issuer,
    storage,
    views: deps.views,
    log,
    onReuse: (ctx: Parameters<typeof noteReuse>[0]) => noteReuse(ctx, events),
  }
  const device = deps.device && { ...deps.device, storage, clients, rowSeal, clock, entropy, log }
  const calls = deps.ciba && openCalls({ ...deps, ciba: deps.ciba, storage, clients, rowSeal, pool })
  const selfSending = { storage, clients, entropy, clock, audit, cookies: cookieNames(https), https, nudge }
  const statements = createStatementSigner(issuer, keyParts)
  const engine: EngineHolder = await createEngineHolder({
    https,
    onReplaced: statements.forget,
    load: () => loadKeys(keyParts),
    build: ({ jwks }) => {
      const provider = createProvider(
        {
          ...deps,
          release: inEngineWords(deps.release),
          undecided: inEngineWords(deps.undecided),
          findResource,
          storage,
          clients,
          cookieKeys,
          pairwiseHash,
          ciba: calls?.ciba,
        },
        jwks,
      )
      queueLogoutNotices(provider, { storage, entropy, nudge })
      hearEngine(provider, events)
      questions.hear(provider)
      if (device !== undefined) endVisitsWithSession(provider, storage)
      if (deps.around !== undefined) provider.use(deps.around)
      provider.use(admitRequest(settle))
      provider.use(settleRequest(settle))
      provider.use(onlyOwnPages(settle))
      provider.use(withoutSelfSendingForms(selfSending))
      if (device !== undefined) provider.use(startDeviceFlow(device))
      if (calls !== undefined) provider.use(calls.start)
      provider.use(answerPoll({ storage, clients }))
      return provider
    },
  })

  const told = (work: () => Promise<void>) => () => void work().catch(trouble)
  const reloadKeys = told(() => engine.reload())
  const reloadClients = told(() => clients.reload())
  const reloadResources = told(() => resources.reload())
  const listener = openListener(
    deps.connection,
    {
      [clientsChannel]: reloadClients,
      [resourcesChannel]: reloadResources,
      [signingKeysChannel]: reloadKeys,
    },
    trouble,
  )
  opened.defer(listener.close)
  const poll = setInterval(() => {
    reloadKeys()
    reloadClients()
    reloadResources()
  }, deps.pollMs ?? 5_000)
  poll.unref()
  opened.defer(() => clearInterval(poll))

  const sessions = createSessions({ reads, work: deps.work, rowSeal, clients, entropy, clock, nudge })
  const authorizations = createAuthorizations({ reads, work: deps.work, clock })

  return {
    middleware: async (ctx, next) => {
      if (!isEnginePath(ctx.path)) return next()
      // The engine writes the response itself; the headers set so far stay.
      ctx.respond = false
      await engine.handle(ctx.req, ctx.res)
    },
    interactions: createInteractions({ engine, reads, pool, rowSeal, clients, questions, onRoundTrip }),
    sessions,
    authorizations,
    deviceFlows: device && createDeviceFlows(device),
    callApprovals: calls?.approvals,
    deliverCallPings: async (limit) => (await calls?.deliverPings(limit)) ?? 0,
    visits:
      device &&
      deps.visitWork &&
      createVisits({
        reads,
        writes,
        rowSeal,
        clients,
        clock,
        entropy,
        terminals: device.terminals,
        work: deps.visitWork,
      }),
    personalData: oidcPersonalData({ sessions, authorizations, callBlocks: readCallBlocks(reads) }),
    currentSession: currentSession({ engine, reads, rowSeal }),
    bearer: findBearer({ reads, writes, rowSeal, clients, clock }),
    bearerOf: findBearerOf({ reads, writes, rowSeal, clients, clock }),
    subjectName: (client, subjectId) => subjectName(pairwiseHash, client, subjectId),
    keys: {
      rotate: async (options) => {
        const steps = await rotateKeys(keyParts, options)
        if (steps > 0) await engine.reload()
        return steps
      },
      replaceLeaked: async (kid) => {
        const fresh = await replaceLeakedKey(keyParts, kid)
        if (fresh !== undefined) await engine.reload()
        return fresh
      },
      list: () => listKeys(keyParts),
      reload: () => engine.reload(),
    },
    statements,
    checkClient: (candidate) => checkClient({ provider: engine.provider(), fetch: deps.fetch }, candidate),
    reloadClients: () => clients.reload(),
    reloadResources: () => resources.reload(),
    resourceName: resources.name,
    rebuild: () => engine.reload({ evenIfUnchanged: true }),
    deliverLogoutNotices: (limit) =>
      deliverLogoutNotices({ pool, engine, clock, log, audit: deps.audit }, limit),
    deleteExpired: async (limit) => (await endIdleVisits(pool, limit)) + (await deleteExpired(pool, limit)),
  }
}
