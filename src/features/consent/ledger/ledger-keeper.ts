import type { AppenderParts } from './append-waiting.ts'
import { appendWaiting } from './append-waiting.ts'
import { exportCheckpoints } from './checkpoint-folder.ts'
import type { KeptCheckpoint } from './consent-log.ts'
import { askForTimestamps, type CheckpointParts, issueCheckpoint } from './issue-checkpoint.ts'

export interface LedgerKeeperParts extends AppenderParts, CheckpointParts {
  /** Where checkpoints are copied to; undefined: nowhere outside the database. */
  readonly folder: string | undefined
}

/** What the worker does again and again, and the command line and the data protection officer on demand. */
export interface LedgerKeeper {
  readonly append: () => Promise<number>
  /** Appends what waits, signs what the log has come to and copies it out; undefined while the log is empty. */
  readonly checkpoint: () => Promise<KeptCheckpoint | undefined>
}

export function ledgerKeeper(parts: LedgerKeeperParts): LedgerKeeper {
  // All of them once, since an earlier process may have died before its copy; from then on those that are new.
  let copied = 0
  return {
    append: () => appendWaiting(parts),
    checkpoint: async () => {
      await appendWaiting(parts)
      // Before the new one, which may be answered already: those that were not answered when they were signed.
      const stamped = await askForTimestamps(parts)
      const newest = await issueCheckpoint(parts)
      if (parts.folder !== undefined) {
        const fresh = await parts.log.checkpoints(copied)
        await exportCheckpoints(parts.folder, [...stamped, ...fresh])
        copied = Math.max(copied, fresh.at(-1)?.size ?? 0)
      }
      return newest
    },
  }
}
