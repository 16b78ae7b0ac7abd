import { hashedId } from '../../../kernel/hashed-id.ts'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'

/** What makes a row the same row when it comes again: the source's own name for it, or its place in this very file. */
export type RowKey =
  | { readonly source: string; readonly rowId: string }
  | { readonly fileHash: string; readonly line: number }

/**
 * The id of the fact a row becomes. Made of the row, so that a row that comes twice meets its own fact in the ledger.
 */
export function importEventId(
  key: RowKey,
  controller: string,
  subjectId: SubjectId,
  part: 'answer' | 'confirmation',
): ConsentEventId {
  const named = 'rowId' in key ? ['row', key.source, key.rowId] : ['line', key.fileHash, key.line]
  return hashedId(['consent-import', 1, controller, subjectId, part, ...named])
}
