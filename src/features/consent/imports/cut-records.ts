import { longestRecord, type Place, type RawRecord } from './source-record.ts'

const lineFeed = 10
const carriageReturn = 13
const quote = 34

interface Cutting {
  readonly from: Place
  /** The byte between the cells of a CSV record; left out, every line is a record of its own. */
  readonly delimiter?: number
  readonly longest?: number
}

/**
 * Cuts a stream of bytes into records, in memory for one record and one chunk. A line feed within a quoted cell belongs
 * to the cell, whatever its length: who would start afresh inside a long cell would read rows out of what somebody once
 * typed into a comment. Blank lines are no records.
 */
export async function* cutRecords(
  chunks: AsyncIterable<Uint8Array>,
  { from, delimiter, longest = longestRecord }: Cutting,
): AsyncGenerator<RawRecord> {
  let { offset, line } = from
  let begin = line
  let kept: Uint8Array[] = []
  let length = 0
  let cell: 'start' | 'plain' | 'quoted' | 'closed' = 'start'

  const take = (piece: Uint8Array): void => {
    length += piece.byteLength
    if (length <= longest) kept.push(piece)
    else kept = []
  }
  const finish = (unclosed: boolean): RawRecord | undefined => {
    const whole = length > longest ? undefined : Buffer.concat(kept)
    const record = { line: begin, next: { offset, line }, bytes: whole && withoutEnd(whole), unclosed }
    const blank = record.bytes?.byteLength === 0
    kept = []
    length = 0
    begin = line
    cell = 'start'
    return blank ? undefined : record
  }

  for await (const chunk of chunks) {
    let start = 0
    for (let at = 0; at < chunk.byteLength; at += 1) {
      const byte = chunk[at]
      if (delimiter !== undefined && byte !== lineFeed) {
        if (byte === quote)
          cell = cell === 'start' || cell === 'closed' ? 'quoted' : cell === 'quoted' ? 'closed' : cell
        else if (cell !== 'quoted') cell = byte === delimiter ? 'start' : 'plain'
        continue
      }
      if (byte !== lineFeed) continue
      line += 1
      if (cell === 'quoted') continue
      take(chunk.subarray(start, at + 1))
      offset += at + 1 - start
      start = at + 1
      const record = finish(false)
      if (record !== undefined) yield record
    }
    if (start < chunk.byteLength) {
      // The chunk's memory may be used again by whoever reads the file.
      take(Uint8Array.from(chunk.subarray(start)))
      offset += chunk.byteLength - start
    }
  }
  if (length > 0) {
    const record = finish(cell === 'quoted')
    if (record !== undefined) yield record
  }
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.byteLength
  if (end > 0 && bytes[end - 1] === lineFeed) end -= 1
  if (end > 0 && bytes[end - 1] === carriageReturn) end -= 1
  return bytes.subarray(0, end)
}
