import type { Revision, WorkingCopy } from './working-copy.ts'

/**
 * Port. Promises: `lock` holds the copy until the unit ends; `put` writes over the revision it is told and over no other, and
 * answers false when there is another.
 */
export interface WorkingCopyStore {
  lock(purpose: string): Promise<WorkingCopy | undefined>
  put(copy: WorkingCopy, over: Revision | undefined): Promise<boolean>
  remove(purpose: string): Promise<void>
}

export interface WorkingCopyStores {
  readonly workingCopies: WorkingCopyStore
}
