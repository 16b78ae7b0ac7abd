import type {
  CampaignReads,
  CampaignStores,
  ConsentRegistry,
  HouseCounts,
  PurposeReads,
  RegistryStores,
  StandingCounts,
  WorkingCopyStores,
} from '../../features/consent/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { PageRenderer } from '../page-renderer.ts'

/** What the pages about purposes, notices and campaigns are given. */
export interface PurposesDeps {
  readonly renderer: PageRenderer
  readonly registry: Pick<ConsentRegistry, 'current' | 'refresh'>
  readonly work: Work<RegistryStores & WorkingCopyStores & CampaignStores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly purposes: PurposeReads
  readonly counts: StandingCounts
  readonly houseCounts: HouseCounts
  readonly campaigns: CampaignReads
  readonly house: { readonly controller: string; readonly brand: string }
  /** Where somebody who has just come is taken to live. */
  readonly jurisdiction: string
  /** That of the controller's seat: a day is meant as it is there. */
  readonly timeZone: string
}

export const purposesPath = '/dpo/purposes'
export const purposePath = (id: string): string => `${purposesPath}/${encodeURIComponent(id)}`
