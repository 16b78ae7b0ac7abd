import { invalid } from '../../../kernel/errors.ts'
import { cutLines } from './cut-lines.ts'
import { cutRecords } from './cut-records.ts'
import { Quarantined } from './quarantine-reason.ts'
import { textOf } from './record-text.ts'
import { fileStart, type OpenAt, type Place, type RawRecord, type SourceRecord } from './source-record.ts'

/** How a CSV file is written (RFC 4180 with the separators that spreadsheets use), and what its columns are called. */
export interface CsvHead {
  readonly delimiter: string
  readonly columns: readonly string[]
  /** Where the first row begins. */
  readonly rows: Place
}

const delimiters = [',', ';', '\t', '|'] as const

/** The cells of one record. Throws `Quarantined` where a quote stands that can be none. */
function cellsOf(text: string, delimiter: string): readonly string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text[at] === '"') {
      let cell = ''
      let from = at + 1
      for (;;) {
        const end = text.indexOf('"', from)
        if (end === -1) throw new Quarantined('quote_unclosed')
        cell += text.slice(from, end)
        at = end + 1
        if (text[at] !== '"') break
        cell += '"'
        from = at + 1
      }
      cells.push(cell)
      if (at < text.length && text[at] !== delimiter) throw new Quarantined('quote_misplaced')
    } else {
      const end = text.indexOf(delimiter, at)
      const cell = text.slice(at, end === -1 ? undefined : end)
      if (cell.includes('"')) throw new Quarantined('quote_misplaced')
      cells.push(cell)
      at = end === -1 ? text.length : end
    }
    if (at >= text.length) return cells
    at += 1
  }
}

/** The separator that parts the first line into the most cells. */
function delimiterOf(line: string): string {
  const parted = delimiters.map((delimiter) => ({ delimiter, cells: line.split(delimiter).length }))
  return parted.reduce((best, one) => (one.cells > best.cells ? one : best)).delimiter
}

const unreadable = (why: string) => invalid('import-unreadable', why)

/** A file that begins like this is UTF-16, as some spreadsheets write it. */
const isWide = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** Reads the first line. Throws `import-unreadable` when it cannot be the header of anything. */
export async function readCsvHead(bytes: AsyncIterable<Uint8Array>): Promise<CsvHead> {
  for await (const { bytes: first, next } of cutLines(bytes, fileStart)) {
    if (first === undefined) throw unreadable('The first line is too long to be a header.')
    if (isWide(first)) throw unreadable('The file is UTF-16; save it as UTF-8.')
    const marked = first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf
    try {
      const text = textOf(marked ? first.subarray(3) : first)
      const delimiter = delimiterOf(text)
      const columns = cellsOf(text, delimiter).map((name) => name.trim())
      if (new Set(columns).size !== columns.length) throw unreadable('Two columns have the same name.')
      return { delimiter, columns, rows: next }
    } catch (error) {
      if (error instanceof Quarantined) throw unreadable('The first line is no header in UTF-8.')
      throw error
    }
  }
  throw unreadable('The file is empty.')
}

function recordFrom({ line, next, bytes, flaw }: RawRecord, head: CsvHead): SourceRecord {
  const found = { line, next, size: bytes?.byteLength ?? 0, cells: new Map<string, string>() }
  if (bytes === undefined) return { ...found, flaw: flaw ?? 'line_too_long' }
  // A line in doubt that reads as a row is kept as one, for whoever looks at it to import it after all.
  if (flaw !== undefined && flaw !== 'after_broken_quote') return { ...found, flaw, raw: bytes }
  try {
    const cells = cellsOf(textOf(bytes), head.delimiter)
    head.columns.forEach((column, index) => void found.cells.set(column, cells[index] ?? ''))
    if (cells.length !== head.columns.length)
      return { ...found, flaw: flaw ?? 'columns_mismatch', raw: bytes }
    return flaw === undefined ? found : { ...found, flaw }
  } catch (error) {
    if (!(error instanceof Quarantined)) throw error
    return { ...found, flaw: flaw ?? error.reason, raw: bytes }
  }
}

/** The rows of a CSV file from a place on. */
export async function* readCsvRecords(
  open: OpenAt,
  head: CsvHead,
  from: Place,
  longest?: number,
): AsyncGenerator<SourceRecord> {
  const delimiter = head.delimiter.charCodeAt(0)
  for await (const raw of cutRecords(open, { from, delimiter, columns: head.columns.length, longest })) {
    yield recordFrom(raw, head)
  }
}
