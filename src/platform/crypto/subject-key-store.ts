import type { SubjectId } from '../../kernel/ids.ts'

export interface WrappedSubjectKey {
  readonly subjectId: SubjectId
  /** The subject's 256-bit key, wrapped. */
  readonly wrapped: Uint8Array
  /** Which key-encryption key wrapped it, so that a rotation finds the rows left to re-wrap. */
  readonly kekId: string
}

/**
 * Port. Promises: at most one key a subject, never overwritten by `insert` (a second one fails); once the row is deleted
 * `find` answers undefined for ever, because a subject id is never reused (R99).
 */
export interface SubjectKeyStore {
  insert(key: WrappedSubjectKey): Promise<void>
  find(subjectId: SubjectId): Promise<WrappedSubjectKey | undefined>
}
