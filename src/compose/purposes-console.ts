import type { PurposesDeps } from '../channels/dpo-console/index.ts'
import type { House } from '../compose.ts'
import {
  pgCampaignReads,
  pgCountStore,
  pgHouseCounts,
  pgPurposeReads,
  pgStandingCounts,
  renewCounts,
} from '../features/consent/index.ts'
import type { Platform } from './platform.ts'

/** What the officer's pages about purposes, notices and campaigns read and write with. */
export const purposesConsole = (
  { clock, entropy, lanes }: Platform,
  rest: Omit<PurposesDeps, 'clock' | 'entropy' | 'purposes' | 'counts' | 'houseCounts' | 'campaigns'>,
): PurposesDeps => ({
  ...rest,
  clock,
  entropy,
  purposes: pgPurposeReads(lanes.console),
  counts: pgStandingCounts(lanes.console),
  houseCounts: pgHouseCounts(lanes.console),
  campaigns: pgCampaignReads(lanes.console),
})

/** Counts anew what those pages say about everybody. */
export function renewHouseCounts(
  { platform, registry }: Pick<House, 'platform' | 'registry'>,
  signal?: AbortSignal,
): Promise<number> {
  const { clock, lanes } = platform
  const db = lanes.console
  return renewCounts(
    {
      clock,
      registry,
      reads: pgCampaignReads(db),
      counts: pgCountStore(db),
      purposes: () => pgPurposeReads(db).all(),
    },
    signal,
  )
}
