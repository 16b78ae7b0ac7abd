import { cutLines } from './cut-lines.ts'
import { Quarantined } from './quarantine-reason.ts'
import { textOf } from './record-text.ts'
import type { Place, RawRecord, SourceRecord } from './source-record.ts'

/** One value of a JSON object as a cell; a list of plain values is written as a spreadsheet would, parted by spaces. */
function cellOf(value: unknown): string | undefined {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(' ')
  return undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Begins a cell that holds a list or an object: no text does, because control characters are refused. Only rows that need
 * such a cell are set aside for it.
 */
const unreadable = '\u0000'

export const isReadable = (cell: string): boolean => !cell.startsWith(unreadable)

/** The value that stood in a cell, as it can be written down again. */
export const readableCell = (cell: string): unknown => (isReadable(cell) ? cell : JSON.parse(cell.slice(1)))

function recordFrom({ line, next, bytes }: RawRecord): SourceRecord {
  const found = { line, next, size: bytes?.byteLength ?? 0, cells: new Map<string, string>() }
  if (bytes === undefined) return { ...found, flaw: 'line_too_long' }
  try {
    const value: unknown = JSON.parse(textOf(line === 1 ? withoutMark(bytes) : bytes))
    if (!isObject(value)) throw new Quarantined('not_json')
    for (const [name, one] of Object.entries(value)) {
      found.cells.set(name, cellOf(one) ?? `${unreadable}${JSON.stringify(one)}`)
    }
    return found
  } catch (error) {
    const flaw = error instanceof Quarantined ? error.reason : 'not_json'
    return { ...found, flaw, raw: bytes }
  }
}

const withoutMark = (bytes: Uint8Array): Uint8Array =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

/** The objects of an NDJSON file from a place on; `bytes` begin there. */
export async function* readNdjsonRecords(
  bytes: AsyncIterable<Uint8Array>,
  from: Place,
): AsyncGenerator<SourceRecord> {
  for await (const raw of cutLines(bytes, from)) yield recordFrom(raw)
}
