import type { BrandModel } from '../../views/page.tsx'
import type { Channel } from '../channels/channel.ts'
import { dpoConsoleChannel } from '../channels/dpo-console/index.ts'
import type { PageRenderer } from '../channels/page-renderer.ts'
import { verifierChannel } from '../channels/verifier/index.ts'
import {
  type ConsentRegistry,
  type ProveConsentParts,
  pgReceiptOwner,
  pgRegistrySource,
} from '../features/consent/index.ts'
import type { ConsentProofs } from './consent-proofs.ts'
import type { Platform } from './platform.ts'
import { savedVerifierAssets } from './saved-verifier.ts'

/** Where consent is proven: to anybody who holds a receipt, and by the data protection officer with a reason. */
export async function proofChannels(parts: {
  readonly platform: Platform
  readonly renderer: PageRenderer
  readonly brand: BrandModel
  readonly timeZone: string
  readonly registry: ConsentRegistry
  readonly consentProofs: ConsentProofs
  readonly work: ProveConsentParts['work']
  readonly reads: ProveConsentParts['reads']
  readonly facts: ProveConsentParts['facts']
  /** The origin whose name is on receipt credentials, where they are issued. */
  readonly credentialIssuer?: string
}): Promise<readonly Channel[]> {
  const { platform, renderer, brand, timeZone, registry, consentProofs, credentialIssuer } = parts
  const { work, reads, facts } = parts
  const { clock, lanes, blindIndex } = platform
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
      proof: {
        ...proofs,
        work,
        clock,
        keeper,
        reads,
        facts,
        registry,
        past: pgRegistrySource(lanes.console),
        blindIndex,
        receiptOwner: pgReceiptOwner(lanes.console),
        timeZone,
      },
    }),
  ]
}
