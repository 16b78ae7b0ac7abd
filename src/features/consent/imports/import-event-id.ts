import { createHash } from 'node:crypto'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'

/** What makes a row the same row when it comes again: the source's own name for it, or its place in this very file. */
export type RowKey =
  | { readonly source: string; readonly rowId: string }
  | { readonly fileHash: string; readonly line: number }

/**
 * The id of the fact a row becomes. Made of the row, so that a row that comes twice meets its own fact in the ledger and
 * nothing has to be remembered beside it: a UUID of version 8 (RFC 9562, 5.8) over 122 bits of a SHA-256.
 */
export function importEventId(
  key: RowKey,
  controller: string,
  subjectId: SubjectId,
  part: 'answer' | 'confirmation',
): ConsentEventId {
  const named = 'rowId' in key ? ['row', key.source, key.rowId] : ['line', key.fileHash, key.line]
  const bytes = createHash('sha256')
    .update(JSON.stringify(['consent-import', 1, controller, subjectId, part, ...named]))
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return groups.join('-') as ConsentEventId
}
