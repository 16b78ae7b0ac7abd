import { ByteWindow } from './byte-window.ts'
import type { QuarantineReason } from './quarantine-reason.ts'
import { type RecordEnd, RecordScan } from './record-end.ts'
import { longestRecord, type OpenAt, type Place, type RawRecord } from './source-record.ts'

interface Cutting {
  readonly from: Place
  /** The byte between the cells of a record. */
  readonly delimiter: number
  /** How many cells a record has. */
  readonly columns: number
  readonly longest?: number | undefined
}

/**
 * Cuts a CSV file into records, in memory for one record and one chunk. A line feed within a quoted cell belongs to the
 * cell, as long as that makes a record that can be one: as many cells as there are columns, no longer than the longest, its
 * quotes where quotes can be. If it makes none, the line it began on is set aside, and reading goes on at the next line: one
 * stray quote costs one line. Blank lines are no records.
 *
 * Where the quotes would also read as those of a cell with many lines in it, those lines are cut out one by one and set
 * aside as in doubt: who would read them as rows would take for rows what somebody once typed into a comment.
 *
 * A far end is looked for in a stream of its own. A quote opened on one line that another line opens again ends there, so no
 * part of a file is searched through more than a few times, however many stray quotes it has.
 */
export async function* cutRecords(open: OpenAt, cutting: Cutting): AsyncGenerator<RawRecord> {
  const { longest = longestRecord } = cutting
  const window = new ByteWindow(open(cutting.from.offset))
  let { offset, line, doubtUntil } = cutting.from
  try {
    for (;;) {
      const doubtful = doubtUntil !== undefined && offset < doubtUntil
      const begin = line
      const end = doubtful ? undefined : await endOf(open, window, offset, { ...cutting, longest })
      const flaw = doubtful ? 'after_broken_quote' : end && flawOf(end, cutting.columns, longest)
      let bytes: Uint8Array | undefined
      if (end !== undefined && end.lines > 1 && flaw === undefined) {
        bytes = window.take(end.size)
        offset += end.size
        line += end.lines
      } else {
        if (end !== undefined && leavesDoubt(end)) doubtUntil = offset + end.size
        const cut = await window.line(longest)
        if (cut === undefined) return
        bytes = cut.bytes
        offset += cut.size
        line += 1
      }
      if (bytes?.byteLength === 0) continue
      const stillInDoubt = doubtUntil !== undefined && offset < doubtUntil
      const next = stillInDoubt ? { offset, line, doubtUntil } : { offset, line }
      yield { line: begin, next, bytes, ...(flaw === undefined ? {} : { flaw }) }
    }
  } finally {
    await window.close()
  }
}

async function endOf(
  open: OpenAt,
  window: ByteWindow,
  offset: number,
  { delimiter, columns, longest }: Omit<Cutting, 'longest'> & { readonly longest: number },
): Promise<RecordEnd> {
  const scan = new RecordScan(delimiter)
  do {
    const end = scan.feed(window.held, scan.scanned)
    if (end !== undefined) return end
    if (scan.scanned > longest) return farEndOf(open(offset), new RecordScan(delimiter), columns)
  } while (await window.more())
  return scan.atEnd(columns)
}

async function farEndOf(
  chunks: AsyncIterable<Uint8Array>,
  scan: RecordScan,
  columns: number,
): Promise<RecordEnd> {
  for await (const chunk of chunks) {
    const end = scan.feed(chunk)
    if (end !== undefined) return end
  }
  return scan.atEnd(columns)
}

/** Why the first line is set aside whatever it says; one line that was cut well may still say nonsense. */
function flawOf(
  { how, size, lines, cells, misplaced }: RecordEnd,
  columns: number,
  longest: number,
): QuarantineReason | undefined {
  if (how !== 'whole') return 'quote_unclosed'
  if (size > longest) return 'line_too_long'
  if (lines === 1) return undefined
  if (misplaced) return 'quote_misplaced'
  return cells === columns ? undefined : 'columns_mismatch'
}

/**
 * Quotes that were closed as they ought to be may have been meant; so may one that the end of the file cut off, and those
 * of a line that is wrong whichever way it is read. A quote that another one contradicts was a stray one.
 */
const leavesDoubt = ({ how, lines, misplaced, cutOff }: RecordEnd): boolean =>
  lines > 1 && (how === 'whole' || misplaced || cutOff)
