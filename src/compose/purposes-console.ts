import type { PurposesDeps } from '../channels/dpo-console/index.ts'
import { pgCampaignReads, pgPurposeReads, pgStandingCounts } from '../features/consent/index.ts'
import type { Platform } from './platform.ts'

/** What the officer's pages about purposes, notices and campaigns read and write with. */
export function purposesConsole(
  { clock, entropy, lanes }: Platform,
  rest: Omit<PurposesDeps, 'clock' | 'entropy' | 'purposes' | 'counts' | 'campaigns'>,
): PurposesDeps {
  const now = () => clock.now()
  return {
    ...rest,
    clock,
    entropy,
    purposes: pgPurposeReads(lanes.console, now),
    counts: pgStandingCounts(lanes.console),
    campaigns: pgCampaignReads(lanes.console),
  }
}
