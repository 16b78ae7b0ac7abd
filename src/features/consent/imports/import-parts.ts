import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Entropy } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import type { BlindIndex, SubjectSealer } from '../../../platform/crypto/index.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { ReceiptSigner } from '../receipt-signer.ts'
import type { ReceiptAddresses } from '../signed-receipt.ts'
import type { ImportMapping } from './import-mapping.ts'
import type { ImportPeople } from './import-people.ts'
import type { ImportReport } from './import-report.ts'
import type { ImportReads, ImportStores, TakeImportTurn } from './import-store.ts'
import type { Rehearsal } from './rehearsal.ts'

/** What an import is given of the house. */
export interface ImportParts {
  readonly work: Work<ImportStores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: Pick<ConsentRegistry, 'current' | 'refresh'>
  readonly people: ImportPeople
  readonly imports: ImportReads
  /** Two processes at one file would write into each other's quarantine. */
  readonly takeTurn: TakeImportTurn
  readonly sealer: Pick<SubjectSealer, 'create' | 'forget' | 'sealText'>
  readonly signer: ReceiptSigner
  readonly addresses: ReceiptAddresses
  readonly blindIndex: BlindIndex
  /** Opened for a dry run, closed at its end. */
  readonly rehearse: () => Promise<Rehearsal>
}

/** A file that can be read from any byte on, as often as needed. Promises: it does not change meanwhile. */
export interface ImportFile {
  /** In bytes. */
  readonly size: number
  bytes(from: number): AsyncIterable<Uint8Array>
}

/**
 * Where rows that were set aside are kept, for the operator alone. Promises of `keep`: when it answers, the first `from`
 * bytes are as they were, the lines follow them, nothing comes after, and all of it has reached the disk; it answers the
 * new length.
 */
export interface Quarantine {
  keep(from: number, lines: readonly string[]): Promise<number>
}

export interface ImportProgress {
  readonly report: ImportReport
  /** Bytes of the file that are done with, and all of them. */
  readonly done: number
  readonly size: number
}

export interface ImportConsents {
  readonly file: ImportFile
  readonly format: 'csv' | 'ndjson'
  readonly mapping: ImportMapping
  /** Who kept these consents until now; goes into the evidence of each. */
  readonly source: string
  readonly controller: string
  readonly brand: string
  readonly actor: Actor
  /** Rows about people the house does not know make them known; left out, they are set aside. */
  readonly newcomers?: { readonly jurisdiction: string } | undefined
  readonly language: string
  /** Judges every row and writes nothing. */
  readonly dryRun: boolean
  /** Goes on where an import of this file with these settings stopped. */
  readonly resume: boolean
  readonly quarantine: Quarantine
  readonly onProgress?: (progress: ImportProgress) => void
  /** Stops after the batch at hand; what is done stays done. */
  readonly signal?: AbortSignal
}

export interface ImportOutcome {
  readonly importId: string | undefined
  readonly state: 'finished' | 'stopped' | 'already-finished'
  readonly source: string
  readonly fileHash: string
  readonly dryRun: boolean
  /** Rows that an earlier run of this import had done. */
  readonly resumedAfter: number
  readonly report: ImportReport
}
