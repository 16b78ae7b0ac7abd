/**
 * The one place that knows everything and wires it: platform, features, protocol engine, channels. Reads from top to
 * bottom as the house stands: what is under it, what it knows, who speaks for it, how one gets in.
 */
import { adminConsoleChannel, staffGatekeeper } from './channels/admin-console/index.ts'
import type { Channel } from './channels/channel.ts'
import { consentLinksChannel } from './channels/consent-links/index.ts'
import { errorPages } from './channels/error-pages.ts'
import { galleryChannel } from './channels/gallery/index.ts'
import { pageRenderer } from './channels/page-renderer.ts'
import { privacyCentreChannel, privacyCentreSignIn } from './channels/privacy-centre/index.ts'
import { accountMail, type SignInDeps, signInChannel } from './channels/sign-in/index.ts'
import { preferencesRoutes } from './channels/sign-in/preferences.ts'
import type { OpenHouse } from './cli/command-house.ts'
import { afterAnswers } from './compose/after-answers.ts'
import { apiChannels } from './compose/api.ts'
import { assetRoutes } from './compose/assets.ts'
import { callChannels } from './compose/call-approvals.ts'
import { keptContracts, neededEvidence } from './compose/channel-contracts.ts'
import { claimPreview } from './compose/claim-preview.ts'
import { commandHouse } from './compose/command-house.ts'
import { consentProofs as openConsentProofs } from './compose/consent-proofs.ts'
import { afterCommit, countProofs } from './compose/count-proofs.ts'
import { countedDisclosures } from './compose/counted.ts'
import { exclusionLists } from './compose/exclusion-lists.ts'
import { gatekeepers } from './compose/gatekeepers.ts'
import { houseNames } from './compose/house-names.ts'
import { kioskChannels, kioskVisitors } from './compose/kiosk.ts'
import { countedMailer } from './compose/mail.ts'
import { openOidc, ownApi } from './compose/oidc.ts'
import { endingWorkOn, sharedWorks, workOn } from './compose/pg-work.ts'
import { type Overrides, openPlatform } from './compose/platform.ts'
import { proofChannels } from './compose/proof-channels.ts'
import { openRecording } from './compose/recording.ts'
import { touchpointChannels, touchpointParts, touchpointRegistry } from './compose/touchpoints.ts'
import { commitAuditEntries, recentAuditLines } from './features/audit/index.ts'
import {
  openConsentRegistry,
  pgConsentRecords,
  pgFactsReader,
  pgRegistrySource,
  requestConfirmations,
} from './features/consent/index.ts'
import { pgIdentityArtefacts, pgIdentityReads, pgSubjectKeyStore } from './features/identity/index.ts'
import { attributeCatalogue, pgAssertionReads, pgAttributeReads } from './features/profile/index.ts'
import {
  clientName,
  pgClientReads,
  pgDisclosureLog,
  pgDisclosureReads,
  pgReleaseReader,
  pgSubjectNames,
  releaseClaims,
} from './features/recipients/index.ts'
import { pgStaffChallenges, pgStaffDirectory } from './features/staff/index.ts'
import { placeName } from './features/touchpoints/index.ts'
import { parseId, type SubjectId } from './kernel/ids.ts'
import { engineRouteName } from './oidc/index.ts'
import { closeable } from './platform/closeable.ts'
import type { Config } from './platform/config/index.ts'
import { createSubjectSealer } from './platform/crypto/index.ts'
import type { DatabaseConnection } from './platform/db/connection.ts'
import { pgIdempotency } from './platform/db/pg-idempotency.ts'
import { checkSecret } from './platform/db/secret-mark.ts'
import { createLog } from './platform/log/index.ts'
import { webApp } from './platform/web/web-app.ts'

export interface ComposeOptions extends Overrides {
  /** Further ways in: what the demo adds. */
  readonly channels?: (house: HouseParts) => readonly Channel[]
  /** One-click sign-ins on the first page, which a further channel answers: what the demo adds. */
  readonly shortcuts?: SignInDeps['shortcuts']
}

/** Long enough for a person with a slow hand, short enough that nothing waits for ever. */
const passwordMinLength = 15

/** Opens everything; nothing listens yet. `close` lets what was begun finish. */
export const compose = (config: Config, connection: DatabaseConnection, options: ComposeOptions = {}) =>
  closeable((opened) => build(opened, config, connection, options))

async function build(
  opened: AsyncDisposableStack,
  config: Config,
  connection: DatabaseConnection,
  options: ComposeOptions,
) {
  const platform = openPlatform(config, connection, options)
  opened.defer(platform.close)
  const { clock, entropy, keys, lanes, reader, limiter, hasher, log, metrics, sealedTokens, https } = platform
  await checkSecret(lanes.console, keys)
  const names = houseNames(config)
  const house = { controller: names.controller, brand: names.brand }
  const brand = { id: names.brand, name: config.brand.name, timeZone: config.brand.timeZone }
  const renderer = pageRenderer(brand)
  const { later, drain } = afterAnswers(log)

  const counted = countProofs(metrics)
  const ordinary = workOn(lanes.login)
  const work = afterCommit(ordinary, counted)
  const shared = sharedWorks(platform.shared, ordinary)
  opened.defer(shared.drain)
  const consoleWork = afterCommit(workOn(lanes.console), counted)

  const sealer = createSubjectSealer({ kek: platform.kek, store: pgSubjectKeyStore(lanes.login) })
  const registry = await openConsentRegistry(pgRegistrySource(lanes.console), {
    onPollFailed: (error) => log.warn('consent.registry-poll-failed', {}, error),
  })
  opened.defer(registry.close)
  const touchpoints = await touchpointRegistry(platform)
  opened.defer(touchpoints.close)
  const factsParts = { sealer, controller: house.controller }
  const facts = pgFactsReader(reader, factsParts)
  const records = pgConsentRecords(reader)
  const disclosures = pgDisclosureLog(platform.shared)
  opened.defer(disclosures.drain)
  const release = { reader: pgReleaseReader(reader, factsParts), registry, house, clock }
  const clients = pgClientReads(lanes.console)
  const reads = pgIdentityReads(lanes.login)
  const subjectNames = pgSubjectNames(reader)
  const artefacts = pgIdentityArtefacts(lanes.login, sealedTokens)
  const catalogue = attributeCatalogue({ attributes: pgAttributeReads(lanes.console), clock })

  const oidc = await openOidc({
    config,
    connection,
    platform,
    brand,
    house,
    registry,
    facts,
    factsParts,
    release: releaseClaims({ ...release, disclosures: countedDisclosures(disclosures, metrics), entropy }),
    work: endingWorkOn(lanes.login),
    audit: (entries) => commitAuditEntries(platform.shared, entries),
    ownClients: new Set([names.privacyCentreClient]),
    touchpoints,
    reads,
    sealer,
    later,
    onPairwise: (sector, sub, accountId) => {
      const subjectId = parseId<'subject'>(accountId)
      if (subjectId !== undefined) later(() => subjectNames.keep([{ sector, sub, subjectId }], clock.now()))
    },
    ...(options.onRoundTrip === undefined ? {} : { onRoundTrip: options.onRoundTrip }),
  })
  opened.defer(oidc.close)
  opened.defer(drain)

  const relyingParty = {
    rpId: config.issuer.hostname,
    name: config.brand.name,
    origins: [config.issuer.origin],
  }
  const mail = accountMail({
    mailer: countedMailer(platform),
    reads,
    sealer,
    brandName: config.brand.name,
    timeZone: config.brand.timeZone,
    securityHref: `${config.issuer.origin}/privacy/security`,
  })
  const recordingParts = {
    work: afterCommit(shared.acts, counted),
    clock,
    entropy,
    registry,
    facts,
    records,
    sealer,
    signer: oidc.statements,
    addresses: {
      withdrawal: `${config.issuer.origin}/privacy/permissions`,
      rights: `${config.issuer.origin}/privacy`,
    },
  }
  const recording = openRecording({
    config,
    platform,
    work,
    ledger: recordingParts,
    reads,
    artefacts,
    sealer,
    controller: house.controller,
    lists: exclusionLists(config.exclusionLists, platform.egress),
  })
  const ledger = {
    ...recordingParts,
    isGuardianOf: recording.isGuardianOf,
    neededEvidence: neededEvidence(() => channels),
  }
  const account = {
    renderer,
    work,
    entrances: afterCommit(shared.entrances, counted),
    reads,
    artefacts,
    sealer,
    blindIndex: platform.blindIndex,
    hasher,
    policy: platform.passwordPolicy,
    limiter,
    clock,
    entropy,
    relyingParty,
    later,
    https,
    passwordMinLength,
  }
  const choices = { renderer, ledger, house }
  const consentProofs = openConsentProofs({ config, platform, names, oidc, sealer, records })
  const { confirmations, guardians } = recording
  const askToConfirm = (subjectId: SubjectId) =>
    later(async () => void (await requestConfirmations(confirmations, subjectId)))

  const places = touchpointParts({ platform, consoleWork, names, oidc })
  const parts = {
    config,
    names,
    platform,
    oidc,
    registry,
    touchpoints,
    places,
    clients,
    work,
    consoleWork,
    sealer,
    ledger,
    catalogue,
    reads,
    recording,
    consentProofs,
  }
  const channels: readonly Channel[] = keptContracts([
    signInChannel(
      {
        ...account,
        interactions: oidc.interactions,
        previewClaims: claimPreview({
          release,
          clients,
          registry,
          serviceName: (identifier) =>
            identifier === ownApi(config.issuer) ? config.brand.name : oidc.resourceName(identifier),
        }),
        catalogue,
        sealedTokens,
        codeKey: keys.current('otp').bytes,
        mail,
        jurisdiction: config.brand.country,
        requiredAttributes: ['first_name'],
        optionalAttributes: ['last_name', 'birth_date'],
        ...(options.shortcuts === undefined ? {} : { shortcuts: options.shortcuts }),
      },
      preferencesRoutes({
        renderer,
        limiter,
        choices: ledger,
        sealer,
        house,
        interactions: oidc.interactions,
        currentSession: oidc.currentSession,
        onRecorded: askToConfirm,
      }),
    ),
    consentLinksChannel({ ...choices, confirmations, guardians, sealedTokens, limiter, clock, entropy }),
    privacyCentreChannel({
      ...choices,
      ...account,
      proofs: consentProofs.proofs,
      credentials: config.receipts.credentials,
      timeZone: config.brand.timeZone,
      past: pgRegistrySource(lanes.console),
      disclosures: pgDisclosureReads(reader),
      assertions: pgAssertionReads(lanes.login),
      catalogue,
      sessions: oidc.sessions,
      currentSession: oidc.currentSession,
      placeName: (id) => placeName(touchpoints, id),
      recentActivity: (subjectId, most) => recentAuditLines(lanes.console, subjectId, most),
      clientNames: async (clientIds) => {
        const found = await Promise.all(clientIds.map((clientId) => clients.find(clientId)))
        return found.flatMap((client) => (client === undefined ? [] : [clientName(client)]))
      },
      tell: mail.tell,
      sealedTokens,
      confirmations,
      guardians,
    }),
    adminConsoleChannel({
      work: consoleWork,
      directory: pgStaffDirectory(reader),
      challenges: pgStaffChallenges(reader),
      party: { id: config.issuer.hostname, name: config.brand.name, origin: config.issuer.origin },
      clock,
      entropy,
      limiter,
      renderer,
      https,
    }),
    ...(await proofChannels({
      platform,
      ...(config.receipts.credentials ? { credentialIssuer: config.issuer.origin } : {}),
      renderer,
      brand,
      timeZone: config.brand.timeZone,
      registry,
      consentProofs,
      work: consoleWork,
      reads,
      facts,
    })),
    ...apiChannels({
      onYes: askToConfirm,
      clients,
      registry,
      facts,
      ledger,
      circumstances: recording.circumstances,
      reads,
      house,
      platform,
      oidc,
      names: subjectNames,
      sealer,
      renderer,
      issuer: config.issuer,
    }),
    ...touchpointChannels({ touchpoints, places, oidc, platform, renderer, issuer: config.issuer }),
    ...kioskChannels({ ...parts, ...choices, account, later, onRecorded: askToConfirm }),
    ...callChannels({ renderer, oidc, touchpoints }),
    { id: 'web', name: 'assets', routes: await assetRoutes(brand) },
    ...(config.production ? [] : [galleryChannel((await import('../views/gallery.ts')).gallery, renderer)]),
    ...(options.channels?.(parts) ?? []),
  ])

  const web = webApp({
    issuer: config.issuer,
    hosts: [config.issuer.host],
    trustedProxies: config.trustedProxies,
    https,
    clock,
    entropy,
    csrf: platform.csrf,
    gatekeepers: gatekeepers({
      oidc,
      audience: ownApi(config.issuer),
      kioskVisitor: kioskVisitors(oidc, platform),
      staff: staffGatekeeper({ directory: pgStaffDirectory(reader), https }),
      subjectSignIn: privacyCentreSignIn({
        issuer: config.issuer,
        clientId: names.privacyCentreClient,
        sealedTokens,
        clock,
        entropy,
      }),
    }),
    idempotency: pgIdempotency(reader),
    strict: !config.production,
    onUndeclaredStatus: (route, status) => log.error('http.undeclared-status', { code: route, status }),
    log,
    errorPage: errorPages(brand),
    onAnswered: ({ route, method, status, seconds }) =>
      metrics.httpSeconds.observe({ route, method, status: String(status) }, seconds),
    surfaces: channels.map(({ id, name, routes }) => ({ surface: { channel: id, surface: name }, routes })),
    engine: { middleware: oidc.middleware, routeNameOf: engineRouteName },
  })

  return {
    ...parts,
    connection,
    channels,
    web,
  }
}

export type House = Awaited<ReturnType<typeof compose>>
export type HouseParts = Pick<
  House,
  | 'config'
  | 'reads'
  | 'names'
  | 'platform'
  | 'oidc'
  | 'registry'
  | 'touchpoints'
  | 'clients'
  | 'work'
  | 'consoleWork'
  | 'sealer'
  | 'ledger'
>

/** The house as the command line uses it. */
export const openCommandHouse: OpenHouse = async (config, connection) =>
  commandHouse(
    await compose(config, connection, { log: createLog({ level: 'error', destination: process.stderr }) }),
  )
