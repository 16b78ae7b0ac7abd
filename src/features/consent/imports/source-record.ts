import type { QuarantineReason } from './quarantine-reason.ts'

/** Where the next record of a file begins: bytes from its start, and the number of the line, counted from one. */
export interface Place {
  readonly offset: number
  readonly line: number
  /** Up to this byte a broken quote leaves open whether lines are rows or text that somebody typed into a cell. */
  readonly doubtUntil?: number | undefined
}

/** One record of a file, cut out but not yet read. */
export interface RawRecord {
  readonly line: number
  readonly next: Place
  /** Undefined when the record was too long to be kept. */
  readonly bytes: Uint8Array | undefined
  /** Why it is set aside whatever it says. */
  readonly flaw?: QuarantineReason
}

/** One record of a file as cells by column, or why it could not be read as such. */
export interface SourceRecord {
  readonly line: number
  readonly next: Place
  readonly size: number
  readonly cells: ReadonlyMap<string, string>
  readonly flaw?: QuarantineReason
  /** What stood there, where it could not be read as text. */
  readonly raw?: Uint8Array
}

/** The bytes of a file from any place on, as often as needed. */
export type OpenAt = (offset: number) => AsyncIterable<Uint8Array>

export const fileStart: Place = { offset: 0, line: 1 }

/** Longer than any row with a full legal text in it. A longer one is passed over without being kept. */
export const longestRecord = 256 * 1024
