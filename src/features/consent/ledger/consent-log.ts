import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import type { LogRow } from './log-row.ts'
import type { Hash } from './merkle-tree.ts'
import type { EntriesOf, Tile } from './tree-tiles.ts'

/** A fact that is kept already and waits for its place in the log. */
export interface WaitingFact {
  readonly subjectId: SubjectId
  readonly eventId: ConsentEventId
  /** Undefined for an act from before there was a log: it is made of what was kept of it. */
  readonly commitment: Uint8Array | undefined
  readonly sealedEvidence: Uint8Array | undefined
  readonly type: string
  readonly noticeHash: Uint8Array | undefined
  readonly recordedAt: Date
}

export interface PlacedFact {
  readonly subjectId: SubjectId
  readonly eventId: ConsentEventId
  readonly row: LogRow
}

export interface KeptCheckpoint {
  readonly size: number
  readonly root: Hash
  readonly issuedAt: Date
  /** Compact JWS; see checkpoint.ts. */
  readonly jws: string
  /** RFC 3161 response over the SHA-256 of the JWS, DER. */
  readonly timestamp: Uint8Array | undefined
}

/** What the one appender sees while it alone may append. */
export interface AppendTurn {
  /** The log's name: the one it was opened with, whatever the house calls itself now. */
  readonly name: string
  readonly size: number
  waiting(most: number): Promise<readonly WaitingFact[]>
  readonly entriesOf: EntriesOf
  append(facts: readonly PlacedFact[], tiles: readonly Tile[]): Promise<void>
}

/**
 * Port. Promises: entries are numbered from 0 without gaps, because only one appender has a turn at a time, in one
 * transaction; nothing in the application can change or remove an entry, a tile or a checkpoint; a fact that waits is
 * found however late its transaction committed. Recording never waits for any of it.
 */
export interface ConsentLog {
  /** Gives `act` the turn, or answers undefined at once when somebody else has it. */
  inTurn<Result>(
    name: string,
    at: Date,
    act: (turn: AppendTurn) => Promise<Result>,
  ): Promise<Result | undefined>
  name(): Promise<string | undefined>
  size(): Promise<number>
  readonly entriesOf: EntriesOf
  rows(seqs: readonly number[]): Promise<readonly LogRow[]>
  /** Where facts of this person stand in the log; those that still wait are left out. */
  placesOf(
    subjectId: SubjectId,
    eventIds: readonly ConsentEventId[],
  ): Promise<ReadonlyMap<ConsentEventId, number>>
  /** Those of them that are kept nowhere any more: what was kept of them was erased. */
  erasedOf(subjectId: SubjectId, eventIds: readonly ConsentEventId[]): Promise<ReadonlySet<ConsentEventId>>
  newestCheckpoint(): Promise<KeptCheckpoint | undefined>
  /** In the order of the log; those over more than `after` entries, which all are when it is left out. */
  checkpoints(after?: number): Promise<readonly KeptCheckpoint[]>
  /**
   * Keeps it unless there is one of that size. `awaiting`: an authority was asked for a timestamp that it did not give; from
   * then on the checkpoint is among those to ask for again, until `keepTimestamp`.
   */
  keepCheckpoint(checkpoint: KeptCheckpoint, awaiting?: boolean): Promise<void>
  /** Checkpoints without the timestamp that was asked for, and due to be asked for again; those asked for longest ago first. */
  withoutTimestamp(now: Date, most: number): Promise<readonly KeptCheckpoint[]>
  /** Notes that it was asked for in vain; not to be asked for before `next`. */
  putOffTimestamp(size: number, at: Date, next: Date): Promise<void>
  /** False when it has one already: what was once kept is not replaced. */
  keepTimestamp(size: number, token: Uint8Array, at: Date): Promise<boolean>
}
