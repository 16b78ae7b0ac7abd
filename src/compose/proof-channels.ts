import type { BrandModel } from '../../views/page.tsx'
import type { Channel } from '../channels/channel.ts'
import {
  dpoConsoleChannel,
  type PersonDeps,
  type PurposesDeps,
  type RequestsDeps,
} from '../channels/dpo-console/index.ts'
import type { PageRenderer } from '../channels/page-renderer.ts'
import { verifierChannel } from '../channels/verifier/index.ts'
import {
  type ConsentRegistry,
  type ProveConsentParts,
  pastRegistry,
  pgPastFacts,
  pgReceiptOwner,
  pgRegistrySource,
} from '../features/consent/index.ts'
import { pgIdentityReads, pgSubjectKeyStore } from '../features/identity/index.ts'
import { pgRequestReads } from '../features/privacy-requests/index.ts'
import { placeName, type Touchpoints } from '../features/touchpoints/index.ts'
import { createSubjectSealer } from '../platform/crypto/index.ts'
import type { ConsentProofs } from './consent-proofs.ts'
import type { Platform } from './platform.ts'
import { purposesConsole } from './purposes-console.ts'
import { savedVerifierAssets } from './saved-verifier.ts'

/**
 * Officers read and write on their own lane, and take no connection from a login: requests, what people proved, and the keys
 * that open it. Few keys are kept, since the sealer of the house is the one that is told at once when one is gone.
 */
const onConsoleLane = ({ lanes, kek }: Pick<Platform, 'lanes' | 'kek'>) => ({
  requests: pgRequestReads(lanes.console),
  reads: pgIdentityReads(lanes.console),
  sealer: createSubjectSealer({ kek, store: pgSubjectKeyStore(lanes.console), cached: 200 }),
})

/** Where consent is proven: to anybody who holds a receipt, and by the data protection officer with a reason. */
export async function proofChannels(parts: {
  readonly platform: Platform
  readonly renderer: PageRenderer
  readonly brand: BrandModel
  readonly timeZone: string
  readonly registry: ConsentRegistry
  readonly consentProofs: ConsentProofs
  readonly work: ProveConsentParts['work'] & PurposesDeps['work']
  readonly reads: ProveConsentParts['reads']
  readonly facts: ProveConsentParts['facts']
  /** What the officer's pages about one person act with. */
  readonly people: Pick<PersonDeps, 'ledger' | 'restricting' | 'circumstances' | 'sealer' | 'https' | 'house'>
  readonly privacyRequests: RequestsDeps['parts']
  readonly touchpoints: Pick<Touchpoints, 'path'>
  /** Where somebody who has just come is taken to live. */
  readonly jurisdiction: string
  /** The origin whose name is on receipt credentials, where they are issued. */
  readonly credentialIssuer?: string
}): Promise<readonly Channel[]> {
  const { platform, renderer, brand, timeZone, registry, consentProofs, credentialIssuer } = parts
  const { work, reads, facts } = parts
  const { clock, entropy, lanes, blindIndex, sealedTokens } = platform
  const past = pastRegistry(pgRegistrySource(lanes.console))
  const { sealer, house } = parts.people
  const pastFacts = pgPastFacts(platform.reader, { sealer, controller: house.controller })
  const { log, keeper, publishedKeys, proofs } = consentProofs
  return [
    verifierChannel({
      renderer,
      brand,
      clock,
      publishedKeys,
      log,
      saved: await savedVerifierAssets(),
      ...(credentialIssuer === undefined ? {} : { credentialIssuer }),
    }),
    dpoConsoleChannel({
      renderer,
      registry,
      verifications: consentProofs.proving.verifications,
      proof: {
        ...proofs,
        work,
        clock,
        keeper,
        reads,
        facts,
        pastFacts,
        registry,
        past,
        blindIndex,
        receiptOwner: pgReceiptOwner(lanes.console),
        timeZone,
      },
      purposes: purposesConsole(platform, {
        renderer,
        registry,
        work,
        house: parts.people.house,
        jurisdiction: parts.jurisdiction,
        timeZone,
      }),
      requests: {
        renderer,
        parts: { ...parts.privacyRequests, ...onConsoleLane(platform) },
        placeName: (id) => placeName(parts.touchpoints, id),
      },
      people: {
        ...parts.people,
        renderer,
        registry,
        work,
        clock,
        entropy,
        facts,
        reads,
        past,
        pastFacts,
        blindIndex,
        sealedTokens,
        timeZone,
      },
    }),
  ]
}
