import { closeable } from '../platform/closeable.ts'
import { createSealedTokens, keyedHash } from '../platform/crypto/index.ts'
import { answerPoll } from './answer-poll.ts'
import { createAuditBatch } from './audit-batch.ts'
import { createAuthorizations } from './authorizations.ts'
import { findBearer, findBearerOf } from './bearer.ts'
import { checkClient } from './check-client.ts'
import { openCalls } from './ciba/open-calls.ts'
import { readCallBlocks } from './ciba/pg-call-blocks.ts'
import { createClientCache } from './client-cache.ts'
import { cookieNames } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { createDeviceFlows } from './device/create-device-flows.ts'
import { endVisitsWithSession } from './device/end-visits.ts'
import { startDeviceFlow } from './device/start-device-flow.ts'
import { createEngineHolder, type EngineHolder } from './engine.ts'
import { inEngineWords } from './engine-error.ts'
import { type EventParts, hearEngine, noteReuse } from './engine-events.ts'
import { createInteractions } from './interactions.ts'
import { listKeys, loadKeys, replaceLeakedKey, rotateKeys } from './keys.ts'
import { deliverLogoutNotices, queueLogoutNotices } from './logout-notices.ts'
import type { Oidc, OidcDeps } from './oidc.ts'
import { onlyOwnPages } from './own-pages.ts'
import { subjectName } from './pairwise.ts'
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
import type { FindResource } from './ports.ts'
import { createProvider, theirAlgorithms } from './provider.ts'
import { rememberedQuestions } from './remembered-question.ts'
import { createResourceCache } from './resource-cache.ts'
import { isEnginePath } from './routes.ts'
import { createRowSeal } from './row-seal.ts'
import { withoutSelfSendingForms } from './self-sending-forms.ts'
import { createSessions } from './sessions.ts'
import { admitRequest, settleRequest } from './settle-requests.ts'
import { createStatementSigner } from './statement-signer.ts'
import { noteAccess, noteUserinfo } from './token-exchange/note-access.ts'
import { offerExchange } from './token-exchange/offer-exchange.ts'
import { touchRule } from './touch-rule.ts'
import { createVisits } from './visits/create-visits.ts'

/** What whoever changes the `clients` table says afterwards, so that every process reads them anew. */
export const clientsChannel = 'placet_clients'

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
  const events: EventParts = { storage, audit, record: deps.audit, metrics: deps.metrics, clock, log }
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
  const calls = deps.ciba && openCalls({ ...deps, ciba: deps.ciba, storage, clients, rowSeal, pool, reads })
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
          onIntrospected: (...seen) => noteAccess(events, ...seen),
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
      provider.use(noteUserinfo(events))
      if (deps.ciba !== undefined) {
        const { findAgent } = deps.ciba
        offerExchange(provider, {
          storage,
          clients,
          findResource,
          findAgent,
          clock,
          algorithms: theirAlgorithms,
        })
      }
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

  const visits =
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
      log,
      ...(deps.onVisitsEnded === undefined ? {} : { onEnded: deps.onVisitsEnded }),
    })

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
    callerChecks: calls?.checks,
    deliverCallPings: async (limit) => (await calls?.deliverPings(limit)) ?? 0,
    visits,
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
    deleteExpired: async (limit) =>
      ((await visits?.endIdle(limit)) ?? 0) + (await deleteExpired(pool, limit)),
  }
}
