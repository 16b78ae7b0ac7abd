import type { Middleware } from 'koa'
import type { Clock } from '../kernel/clock.ts'
import type { Entropy } from '../kernel/ids.ts'
import type { PersonalDataHolder } from '../kernel/personal-data.ts'
import type { DerivedKeys, Kek, RotationPolicy } from '../platform/crypto/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import type { PipelinedReader } from '../platform/db/pipelined-reader.ts'
import { createAuditBatch } from './audit-batch.ts'
import { type Authorizations, createAuthorizations } from './authorizations.ts'
import { type Bearer, findBearer } from './bearer.ts'
import { createClientCache } from './client-cache.ts'
import { currentSession, type FindCurrentSession } from './current-session.ts'
import { createEngineHolder, type EngineHolder } from './engine.ts'
import { type EventParts, hearEngine, noteReuse } from './engine-events.ts'
import { createInteractions, type Interactions } from './interactions.ts'
import { loadKeys, rotateKeys } from './keys.ts'
import { deliverLogoutNotices, queueLogoutNotices } from './logout-notices.ts'
import { oidcPersonalData } from './personal-data.ts'
import { createStorage } from './pg-adapter.ts'
import { readActiveClients } from './pg-clients.ts'
import { deleteExpired } from './pg-expired.ts'
import { openListener } from './pg-listener.ts'
import { openPools } from './pg-pools.ts'
import { createReads, readsAlong } from './pg-reads.ts'
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
import { isEnginePath } from './routes.ts'
import { createRowSeal } from './row-seal.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { admitRequest, settleRequest } from './settle-requests.ts'
import { createStatementSigner, type StatementSigner } from './statement-signer.ts'
import { touchRule } from './touch-rule.ts'

/** What whoever changes the `clients` table says afterwards, so that every process reads them anew. */
export const clientsChannel = 'placet_clients'

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
  readonly findResource: FindResource
  /** Indicator of the house's own API, which clients acting for themselves get when they name no other. */
  readonly defaultResource: string | undefined
  /** Scope to claim names, from the attribute catalogue; read again at every rebuild. */
  readonly claimsByScope: () => Readonly<Record<string, readonly string[]>>
  readonly views: OidcViews
  readonly audit: RecordAudit
  readonly metrics: OidcMetrics
  readonly log: OidcLog
  /** Counts statements by name; the tests hold the budgets of performance.md with it. */
  readonly onRoundTrip?: (name: string) => void
  /** How often keys and clients are looked at even when nobody said they changed. */
  readonly pollMs?: number
}

export interface Oidc {
  /** Answers the engine's paths, and passes on every other. */
  readonly middleware: Middleware
  readonly interactions: Interactions
  readonly sessions: Sessions
  readonly authorizations: Authorizations
  readonly personalData: PersonalDataHolder
  readonly currentSession: FindCurrentSession
  /** The client, and perhaps the person, behind an access token shown to our own API. */
  bearer(exchange: Exchange): Promise<Bearer | undefined>
  readonly keys: {
    /** Takes the rotation steps due now (also at start, when there are no keys); answers how many. */
    rotate(now?: Date): Promise<number>
    reload(): Promise<void>
  }
  /** For what the house itself states and signs, such as receipts. */
  readonly statements: StatementSigner
  reloadClients(): Promise<void>
  /** Builds the engine anew: scopes or claims changed. */
  rebuild(): Promise<void>
  deliverLogoutNotices(limit: number): Promise<number>
  deleteExpired(limit: number): Promise<number>
  close(): Promise<void>
}

export async function createOidc(deps: OidcDeps): Promise<Oidc> {
  const { issuer, clock, log, entropy } = deps
  if (issuer.pathname !== '/') throw new Error('the issuer is an origin, without a path')
  const onRoundTrip = deps.onRoundTrip ?? (() => {})
  const trouble = (error: unknown) => log.warn('oidc.database-trouble', {}, error)
  const pools = openPools(deps.connection, trouble)
  const pool = pools.durable
  const reads = createReads(deps.reader, onRoundTrip)
  const writes = createWrites(pools, onRoundTrip, trouble)
  const rowSeal = createRowSeal(deps.derivedKeys.all('adapter'))
  const clients = createClientCache(() => readActiveClients(createReads(deps.reader, () => {})))
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
  const audit = createAuditBatch(deps.audit, log)
  const events: EventParts = { storage, audit, metrics: deps.metrics, clock, log }
  const keyParts = { pool, kek: deps.kek, clock, policy: deps.rotation }

  await Promise.all([clients.reload(), rotateKeys(keyParts)])

  let deliver: Promise<unknown> | undefined
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
  const engine: EngineHolder = await createEngineHolder({
    https: issuer.protocol === 'https:',
    load: () => loadKeys(keyParts),
    build: ({ jwks }) => {
      const provider = createProvider(
        {
          ...deps,
          storage,
          clients,
          cookieKeys: deps.derivedKeys
            .all('cookies')
            .map((key) => Buffer.from(key.bytes).toString('base64url')),
          pairwiseKey: deps.derivedKeys.anchored('pairwise').bytes,
        },
        jwks,
      )
      queueLogoutNotices(provider, { storage, entropy, nudge })
      hearEngine(provider, events)
      provider.use(admitRequest(settle))
      provider.use(settleRequest(settle))
      return provider
    },
  })

  const told = (work: () => Promise<void>) => () => void work().catch(trouble)
  const reloadKeys = told(() => engine.reload())
  const reloadClients = told(() => clients.reload())
  const listener = openListener(
    deps.connection,
    { [clientsChannel]: reloadClients, [signingKeysChannel]: reloadKeys },
    trouble,
  )
  const poll = setInterval(() => {
    reloadKeys()
    reloadClients()
  }, deps.pollMs ?? 5_000)
  poll.unref()

  const sessions = createSessions({
    reads,
    pool,
    rowSeal,
    clients,
    entropy,
    clock,
    audit: deps.audit,
    nudge,
  })
  const authorizations = createAuthorizations({ reads, pool, clock, audit: deps.audit })

  return {
    middleware: async (ctx, next) => {
      if (!isEnginePath(ctx.path)) return next()
      // The engine writes the response itself; the headers set so far stay.
      ctx.respond = false
      await engine.handle(ctx.req, ctx.res)
    },
    interactions: createInteractions({ engine, reads, pool, rowSeal, clients, onRoundTrip }),
    sessions,
    authorizations,
    personalData: oidcPersonalData({ sessions, authorizations }),
    currentSession: currentSession({ engine, reads, rowSeal }),
    bearer: findBearer({ reads, writes, rowSeal, clients, clock }),
    keys: {
      rotate: async (now) => {
        const steps = await rotateKeys(keyParts, now)
        if (steps > 0) await engine.reload()
        return steps
      },
      reload: () => engine.reload(),
    },
    statements: createStatementSigner(issuer, keyParts),
    reloadClients: () => clients.reload(),
    rebuild: () => engine.reload({ evenIfUnchanged: true }),
    deliverLogoutNotices: (limit) =>
      deliverLogoutNotices({ pool, engine, clock, log, audit: deps.audit }, limit),
    deleteExpired: (limit) => deleteExpired(pool, limit),
    close: async () => {
      clearInterval(poll)
      await listener.close()
      await writes.drain()
      await deliver
      await audit.drain()
      await pools.close()
    },
  }
}
