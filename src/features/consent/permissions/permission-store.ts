import type { SubjectId } from '../../../kernel/ids.ts'
import type { KeyDecision } from '../key-decision.ts'
import type { PermissionKey } from '../permission-key.ts'

/** Which state of the registry a purpose's kept answers are of, and how far everybody has been decided again. */
export interface PermissionSweep {
  readonly purpose: string
  readonly mark: string
  /** A kept answer counts only if it was decided at or after this moment. */
  readonly since: Date
  /** Everybody up to this id has been decided on since then. */
  readonly reached: SubjectId | undefined
}

export interface StoredKey extends PermissionKey {
  readonly decision: 'PERMIT' | 'DENY'
}

/**
 * Port for re-deciding. Promises: `rewrite` keeps all rows of one person or none, and none when the ledger has moved on
 * since `epoch` or somebody else is writing for this person right now (the answer is false, and the next round looks
 * again); people are taken in the order of their ids, so that two processes at it wait for one another and do not
 * deadlock; no row of another person is touched.
 */
export interface PermissionStore {
  rewrite(
    subjectId: SubjectId,
    epoch: number,
    permissions: readonly KeyDecision[],
    at: Date,
  ): Promise<boolean>
  /**
   * Notes where the person lives from now on and moves the epoch on, so that nobody keeps an answer by the law of before.
   * Where they lived until then is kept with the instant. False when the ledger has moved on since `epoch`, or the person is
   * blocked or erased.
   */
  move(subjectId: SubjectId, epoch: number, jurisdiction: string, at: Date): Promise<boolean>
  /** Sets the mark of a purpose, and forgets how far the sweep was. */
  beginSweep(purpose: string, mark: string, since: Date): Promise<void>
  reach(purpose: string, mark: string, reached: SubjectId): Promise<void>
}

export interface PermissionStores {
  readonly permissions: PermissionStore
}
