import { type HelpCalls, helpCalls, pgHelpCallReads, pgHelpStores } from '../features/store-visits/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { keepProofs } from './pg-work.ts'
import type { Platform } from './platform.ts'

/** Calls for a person of the shop; the screens of kiosks raise them, and the pages of the store's staff answer them. */
export const helpCallsOn = ({
  lanes,
  clock,
  entropy,
}: Pick<Platform, 'lanes' | 'clock' | 'entropy'>): HelpCalls =>
  helpCalls({
    work: unitOfWork(lanes.console, pgHelpStores, keepProofs),
    reads: pgHelpCallReads(lanes.console),
    clock,
    entropy,
  })

/** Whoever comes to a screen next must not read what was said to whoever left it. */
export const helpEndsWithVisits = (platform: Parameters<typeof helpCallsOn>[0]) => {
  const calls = helpCallsOn(platform)
  return async (terminalIds: readonly string[]): Promise<void> => {
    for (const terminalId of new Set(terminalIds)) await calls.visitOver(terminalId)
  }
}
