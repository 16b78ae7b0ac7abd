/**
 * The one place that knows everything and wires it: platform, features, protocol engine, channels. Reads from top to
 * bottom as the house stands: what is under it, what it knows, who speaks for it, how one gets in.
 */
import { adminConsoleChannel } from './channels/admin-console/index.ts'
import type { Channel } from './channels/channel.ts'
import { galleryChannel } from './channels/gallery/index.ts'
import { pageRenderer } from './channels/page-renderer.ts'
import type { SignInDeps } from './channels/sign-in/index.ts'
import type { OpenHouse } from './cli/command-house.ts'
import { accountChannels } from './compose/account-channels.ts'
import { afterAnswers } from './compose/after-answers.ts'
import { agentConsole } from './compose/agent-console.ts'
import { apiChannels } from './compose/api.ts'
import { askedQuestions } from './compose/asked-questions.ts'
import { assetRoutes } from './compose/assets.ts'
import { callChannels } from './compose/call-approvals.ts'
import { callLinks, callRoom } from './compose/calls.ts'
import { keptContracts, neededEvidence } from './compose/channel-contracts.ts'
import { commandHouse } from './compose/command-house.ts'
import { consentProofs as openConsentProofs } from './compose/consent-proofs.ts'
import { afterCommit, countProofs } from './compose/count-proofs.ts'
import { countedDisclosures } from './compose/counted.ts'
import { exclusionLists } from './compose/exclusion-lists.ts'
import { houseNames } from './compose/house-names.ts'
import { kioskChannels } from './compose/kiosk.ts'
import { openOidc } from './compose/oidc.ts'
import { endingWorkOn, sharedWorks, workOn } from './compose/pg-work.ts'
import { type Overrides, openPlatform } from './compose/platform.ts'
import { requestParts } from './compose/privacy-requests.ts'
import { proofChannels } from './compose/proof-channels.ts'
import { openRecording } from './compose/recording.ts'
import { storeChannels } from './compose/store.ts'
import { loyaltyParts } from './compose/tills.ts'
import { touchpointChannels, touchpointParts, touchpointRegistry } from './compose/touchpoints.ts'
import { openWeb } from './compose/web.ts'
import { commitAuditEntries } from './features/audit/index.ts'
import {
  openConsentRegistry,
  pgConsentRecords,
  pgFactsReader,
  pgRegistrySource,
  redecidingWork,
  requestConfirmations,
} from './features/consent/index.ts'
import { pgIdentityArtefacts, pgIdentityReads, pgSubjectKeyStore } from './features/identity/index.ts'
import { attributeCatalogue, pgAttributeReads } from './features/profile/index.ts'
import {
  pgClientReads,
  pgDisclosureLog,
  pgReleaseReader,
  pgSubjectNames,
  releaseClaims,
} from './features/recipients/index.ts'
import { pgStaffChallenges, pgStaffDirectory } from './features/staff/index.ts'
import { parseId, type SubjectId } from './kernel/ids.ts'
import { closeable } from './platform/closeable.ts'
import type { Config } from './platform/config/index.ts'
import { createSubjectSealer } from './platform/crypto/index.ts'
import type { DatabaseConnection } from './platform/db/connection.ts'
import { checkSecret } from './platform/db/secret-mark.ts'
import { createLog } from './platform/log/index.ts'

export interface ComposeOptions extends Overrides {
  /** Further ways in: what the demo adds. */
  readonly channels?: (house: HouseParts) => readonly Channel[]
  /** One-click sign-ins on the first page, which a further channel answers: what the demo adds. */
  readonly shortcuts?: SignInDeps['shortcuts']
}

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
  const { clock, entropy, keys, lanes, reader, limiter, log, metrics, sealedTokens, https } = platform
  await checkSecret(lanes.console, keys)
  const names = houseNames(config)
  const house = { controller: names.controller, brand: names.brand }
  const brand = { id: names.brand, name: config.brand.name, timeZone: config.brand.timeZone }
  const renderer = pageRenderer(brand)
  const { later, drain } = afterAnswers(log)

  const counted = countProofs(metrics)
  const sealer = createSubjectSealer({ kek: platform.kek, store: pgSubjectKeyStore(lanes.login) })
  const registry = await openConsentRegistry(pgRegistrySource(lanes.console), {
    onPollFailed: (error) => log.warn('consent.registry-poll-failed', {}, error),
  })
  opened.defer(registry.close)
  const touchpoints = await touchpointRegistry(platform)
  opened.defer(touchpoints.close)
  const factsParts = { sealer, controller: house.controller }
  const deciding = { clock, entropy, registry, opening: factsParts }
  const ordinary = redecidingWork(workOn(lanes.login), deciding)
  const work = afterCommit(ordinary, counted)
  const shared = sharedWorks(platform.shared, ordinary)
  opened.defer(shared.drain)
  const consoleWork = afterCommit(redecidingWork(workOn(lanes.console), deciding), counted)

  const facts = pgFactsReader(reader, factsParts)
  const records = pgConsentRecords(reader)
  const disclosures = pgDisclosureLog(platform.shared)
  opened.defer(disclosures.drain)
  const release = { reader: pgReleaseReader(reader, factsParts), registry, house, clock }
  const clients = pgClientReads(lanes.console)
  const reads = pgIdentityReads(lanes.login)
  const subjectNames = pgSubjectNames(reader)
  const artefacts = pgIdentityArtefacts(lanes.login, sealedTokens)
  const privacyRequests = requestParts({ config, platform, work, reads, sealer, later })
  const catalogue = attributeCatalogue({ attributes: pgAttributeReads(lanes.console), clock })

  const releasing = releaseClaims({
    ...release,
    disclosures: countedDisclosures(disclosures, metrics),
    entropy,
  })
  const oidc = await openOidc({
    config,
    connection,
    platform,
    brand,
    house,
    registry,
    facts,
    factsParts,
    release: releasing,
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
  const asked = askedQuestions({ ledger, house, log })
  opened.defer(asked.close)
  const consentProofs = openConsentProofs({
    config,
    platform,
    names,
    oidc,
    sealer,
    records,
    work: consoleWork,
  })
  const askToConfirm = (subjectId: SubjectId) =>
    later(async () => void (await requestConfirmations(recording.confirmations, subjectId)))

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
    deciding,
    sealer,
    ledger,
    catalogue,
    reads,
    recording,
    consentProofs,
    privacyRequests,
  }
  const entrances = afterCommit(shared.entrances, counted)
  const calls = callRoom({
    ...parts,
    artefacts,
    facts,
    house,
    preview: release,
    release: releasing,
    onYes: askToConfirm,
  })
  const loyalty = loyaltyParts({
    ...parts,
    artefacts,
    release: releasing,
    matter: release.reader,
    house,
    later,
  })
  const channels: readonly Channel[] = keptContracts([
    ...accountChannels({
      ...parts,
      renderer,
      house,
      release,
      entrances,
      artefacts,
      later,
      proofs: consentProofs.proofs,
      asked,
      askToConfirm,
      cards: loyalty.cards,
      ...(options.shortcuts === undefined ? {} : { shortcuts: options.shortcuts }),
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
      ...parts,
      ...(config.receipts.credentials ? { credentialIssuer: config.issuer.origin } : {}),
      renderer,
      brand,
      timeZone: config.brand.timeZone,
      work: consoleWork,
      facts,
      people: { ledger, ...recording, sealer, https, house },
      privacyRequests: { ...privacyRequests, work: consoleWork },
      jurisdiction: config.brand.country,
    })),
    ...apiChannels({
      ...parts,
      ...loyalty,
      calls,
      onYes: askToConfirm,
      facts,
      circumstances: recording.circumstances,
      moves: recording.moves,
      house,
      names: subjectNames,
      renderer,
      issuer: config.issuer,
    }),
    ...touchpointChannels({ touchpoints, places, oidc, platform, renderer, issuer: config.issuer }),
    ...kioskChannels({ ...parts, renderer, house, entrances, artefacts, later, onRecorded: askToConfirm }),
    ...callChannels({ renderer, oidc, touchpoints }),
    ...callLinks({ renderer, calls }),
    agentConsole({ renderer, calls, touchpoints, platform }),
    ...storeChannels({ ...parts, renderer, later }),
    { id: 'web', name: 'assets', routes: await assetRoutes(brand) },
    ...(config.production ? [] : [galleryChannel((await import('../views/gallery.ts')).gallery, renderer)]),
    ...(options.channels?.(parts) ?? []),
  ])

  const web = openWeb({ config, platform, names, oidc, brand }, channels)

  return {
    ...parts,
    calls,
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
