import { ByteWindow } from './byte-window.ts'
import { longestRecord, type Place, type RawRecord } from './source-record.ts'

/** Cuts a stream of bytes into lines, in memory for one line and one chunk. Blank lines are no records. */
export async function* cutLines(
  chunks: AsyncIterable<Uint8Array>,
  from: Place,
  longest = longestRecord,
): AsyncGenerator<RawRecord> {
  const window = new ByteWindow(chunks)
  let { offset, line } = from
  try {
    for (let cut = await window.line(longest); cut !== undefined; cut = await window.line(longest)) {
      const { size, bytes } = cut
      offset += size
      line += 1
      if (bytes?.byteLength !== 0) yield { line: line - 1, next: { offset, line }, bytes }
    }
  } finally {
    await window.close()
  }
}
