import type { SubjectId } from '../../../kernel/ids.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { KeptCheckpoint } from './consent-log.ts'
import type { LogRow } from './log-row.ts'
import type { Hash, NodeAt } from './merkle-tree.ts'
import type { Tile } from './tree-tiles.ts'

export interface AuditedPlace {
  /** Undefined while an act from before the log waits for its place. */
  readonly commitment: Uint8Array | undefined
  readonly seq: number | undefined
}

/** What is kept of one act beside the log, and what the log says at the place it claims. */
export interface AuditedAct {
  readonly subjectId: SubjectId
  readonly event: ConsentEvent
  readonly sealedEvidence: Uint8Array
  /** Undefined when nobody ever queued it for the log. */
  readonly place: AuditedPlace | undefined
  readonly entry: LogRow | undefined
}

export interface ActCursor {
  readonly subjectId: SubjectId
  readonly eventId: string
}

/** Port. Promises: everything is of one moment, and reading is all it needs. */
export interface LedgerAudit {
  name(): Promise<string | undefined>
  /** Entries from `seq` on, in order. */
  rowsFrom(seq: number, most: number): Promise<readonly LogRow[]>
  tile(level: number, tile: number): Promise<Tile | undefined>
  /** How many tiles each level has, the lowest first. */
  tileCounts(): Promise<readonly number[]>
  readonly nodeAt: NodeAt
  checkpoints(): Promise<readonly KeptCheckpoint[]>
  /** How many checkpoints an authority was asked about and has not stamped yet. */
  awaitingTimestamp(): Promise<number>
  tombstones(): Promise<readonly number[]>
  actsAfter(cursor: ActCursor | undefined, most: number): Promise<readonly AuditedAct[]>
  /** Places in the log whose act is gone without having been erased. */
  placesWithoutAct(most: number): Promise<readonly (number | undefined)[]>
}

export type LedgerFault =
  | 'other-log'
  | 'entry-missing'
  | 'entry-changed'
  | 'tile-missing'
  | 'tile-changed'
  | 'checkpoint-unsigned'
  | 'checkpoint-unknown-key'
  | 'checkpoint-contradicted'
  | 'timestamp-wrong'
  | 'timestamp-unverified'
  | 'timestamp-implausible'
  | 'log-truncated'
  | 'log-behind'
  | 'act-not-in-log'
  | 'act-changed'
  | 'act-missing'
  | 'evidence-unreadable'
  | 'erased-but-there'

/** One thing that is not as it should be. `at` says where, such as `entry 17`; it names no person. */
export interface LedgerFinding {
  readonly fault: LedgerFault
  readonly at: string
}

export interface KnownCheckpoint {
  /** Where it comes from: `database`, or the name of a file. */
  readonly source: string
  readonly jws: string
  readonly timestamp: Uint8Array | undefined
}

export const expectSame = (a: Hash | undefined, b: Hash | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.from(a).equals(b)
