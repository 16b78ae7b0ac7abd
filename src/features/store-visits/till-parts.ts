import type { Clock } from '../../kernel/clock.ts'
import { refused } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { BlindIndex } from '../../platform/crypto/index.ts'
import type { LimiterGivingBack } from '../../platform/limits/index.ts'
import type { ConsentRegistry } from '../consent/index.ts'
import type { IdentityArtefacts, IdentityReads } from '../identity/index.ts'
import type { House, ReleaseClaims, ReleaseReader } from '../recipients/index.ts'
import type { Touchpoints } from '../touchpoints/index.ts'
import type { LoyaltyKeyring } from './loyalty-keyring.ts'
import type { LoyaltyStores, PresentationReads } from './presentation-store.ts'
import { storeOf, type Till } from './till.ts'

/** What it takes to answer a till. */
export interface TillParts {
  readonly work: Work<LoyaltyStores>
  readonly reads: Pick<IdentityReads, 'identifiers' | 'subjects'>
  readonly blindIndex: BlindIndex
  readonly keyring: LoyaltyKeyring
  readonly presentations: Pick<PresentationReads, 'wasAnswered'>
  readonly touchpoints: Pick<Touchpoints, 'path'>
  /** The one door of claims; each release is on record before it is answered. */
  readonly release: ReleaseClaims
  /** What a release is made of, so that offers are decided on the same moment. */
  readonly matter: ReleaseReader
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly house: House
  readonly limiter: LimiterGivingBack
  readonly codes: IdentityArtefacts['codes']
  readonly codeKey: Uint8Array
  readonly clock: Clock
  readonly entropy: Entropy
}

/**
 * Which till a client is. One that stands nowhere, or whose place or store is closed, is none: a closed place is known to
 * every process within a second, and a revoked client has no token any more.
 */
export function tillOf(
  { touchpoints }: Pick<TillParts, 'touchpoints'>,
  clientId: string,
  touchpointId: string | undefined,
): Till {
  const store = touchpointId === undefined ? undefined : storeOf(touchpoints, touchpointId)
  if (touchpointId === undefined || store === undefined) {
    throw refused('not-a-till', 'Your client is registered at no open store.')
  }
  return { clientId, touchpointId, store: store.id }
}

/** A till serves one customer after another, a store as many as it has tills; beyond it somebody is reading records. */
export async function countLookUp({ limiter }: Pick<TillParts, 'limiter'>, till: Till): Promise<void> {
  await limiter.consume(till.clientId, 'till-look-up-till')
  await limiter.consume(till.store, 'till-look-up-store')
}
