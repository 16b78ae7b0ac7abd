import type { House } from '../compose.ts'
import { pgPermissionReads, type RedecideParts, redecidePermissions } from '../features/consent/index.ts'

type Parts = Pick<House, 'consoleWork' | 'platform' | 'registry' | 'ledger'>

export const redecideParts = ({ consoleWork, platform, registry, ledger }: Parts): RedecideParts => ({
  work: consoleWork,
  clock: platform.clock,
  entropy: platform.entropy,
  registry,
  facts: ledger.facts,
  reads: pgPermissionReads(platform.reader),
})

/** Longer sweeps go on at the next turn of the job, so that a process that has to end is not held up. */
const rounds = 25

/** Decides again what ran out or was overtaken, until nothing is left or it is somebody else's turn. */
export async function redecideUntilDone(house: Parts): Promise<void> {
  const parts = redecideParts(house)
  for (let round = 0; round < rounds; round += 1) {
    const { done, people } = await redecidePermissions(parts)
    if (done || people === 0) return
  }
}
