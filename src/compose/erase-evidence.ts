import type { CommandHouse, Decided } from '../cli/command-house.ts'
import type { House } from '../compose.ts'
import {
  eraseEvidence,
  type OfficersDecision,
  pgConsentStores,
  pgEvidenceErasure,
  redecidingWork,
} from '../features/consent/index.ts'
import type { SubjectId } from '../kernel/ids.ts'
import { openLane } from '../platform/db/lanes.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { keepProofs } from './pg-work.ts'

/**
 * The one unit of the house that runs as the owner of the tables, over a connection of its own that is closed after it: the
 * service itself holds no right to delete a proof.
 */
export function eraseCommands(
  { platform: { clock }, consentProofs, deciding }: House,
  find: {
    readonly subjectOf: (person: string) => Promise<SubjectId>
    readonly decisionOf: (decided: Decided) => Promise<OfficersDecision>
  },
): Pick<CommandHouse['subjects'], 'eraseEvidence'> {
  return {
    eraseEvidence: async (person, decided, owner) => {
      const command = {
        subjectId: await find.subjectOf(person),
        actor: { kind: 'system', name: 'cli' },
        decision: await find.decisionOf(decided),
      } as const
      // What still waits for its place would hold the erasure up.
      await consentProofs.keeper.append()
      const lane = openLane(owner, 'erase-evidence', 1)
      try {
        const stores = (trx: Parameters<typeof pgEvidenceErasure>[0]) => ({
          ...pgConsentStores(trx),
          erasure: pgEvidenceErasure(trx),
        })
        const work = redecidingWork(unitOfWork(lane, stores, keepProofs), deciding)
        return await eraseEvidence({ work, clock }, command)
      } finally {
        await lane.destroy()
      }
    },
  }
}
