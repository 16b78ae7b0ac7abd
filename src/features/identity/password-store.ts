import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectState } from './subject.ts'

export interface PasswordReads {
  find(subjectId: SubjectId): Promise<{ readonly hash: string; readonly changedAt: Date } | undefined>
  /**
   * Account and hash behind an identifier, in one read: an unknown identifier, an account without a password and one
   * with it take the same round trip (R62).
   */
  findByIdentifier(index: Uint8Array): Promise<
    | {
        readonly subjectId: SubjectId
        readonly state: SubjectState
        readonly hash: string | undefined
      }
    | undefined
  >
}

/** Port. Promises: at most one password a subject; `replace` tells whether the hash it was to replace was still there. */
export interface PasswordStore extends PasswordReads {
  set(subjectId: SubjectId, hash: string, at: Date): Promise<void>
  /** The same password under a new hash: nothing about it changed, so its date stays. */
  replace(subjectId: SubjectId, from: string, to: string): Promise<boolean>
}
