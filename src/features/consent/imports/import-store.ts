import type { SubjectId } from '../../../kernel/ids.ts'
import type { IdentityStores } from '../../identity/index.ts'
import type { LedgerEntry } from '../consent-ledger.ts'
import type { RegistryStores } from '../registry-store.ts'
import type { ImportReport } from './import-report.ts'
import type { Place } from './source-record.ts'

/** How far an import has come: what is committed with every batch, so that it goes on exactly there. */
export interface Checkpoint {
  readonly place: Place
  readonly report: ImportReport
  /** How much of the quarantine file belongs to the rows before `place`. */
  readonly quarantineBytes: number
}

export interface ImportRun extends Checkpoint {
  readonly importId: string
  /** SHA-256 of the file, in hex. */
  readonly fileHash: string
  /** SHA-256 of everything else the outcome depends on, in hex: mapping, source, format, brand. */
  readonly settingsHash: string
  readonly source: string
  readonly finished: boolean
}

/**
 * Port. Promises: `advance` moves the checkpoint only from the very place it was read at, so of two processes at one
 * import one gets on and the other is told false; `append` writes the acts of many people in few statements, each wholly
 * or not at all, and answers whose were kept, with their new epochs.
 */
export interface ImportStore {
  begin(run: ImportRun, at: Date): Promise<void>
  advance(importId: string, from: Place, to: Checkpoint, at: Date): Promise<boolean>
  finish(importId: string, at: Date): Promise<void>
  append(entries: readonly LedgerEntry[]): Promise<ReadonlyMap<SubjectId, number>>
}

/**
 * Port. Promises: of any number of processes one at a time has a file's turn, until it gives it back or dies; the others
 * are answered undefined.
 */
export type TakeImportTurn = (fileHash: string) => Promise<(() => Promise<void>) | undefined>

/** Port. Promises: reads the primary; the newest import of this file with these settings. */
export interface ImportReads {
  find(fileHash: string, settingsHash: string): Promise<ImportRun | undefined>
}

export interface ImportStores
  extends RegistryStores,
    Pick<IdentityStores, 'subjects' | 'subjectKeys' | 'identifiers'> {
  readonly imports: ImportStore
}
