import type { SubjectId } from '../../kernel/ids.ts'

/** A place in the order of changes. Opaque to whoever holds it, and only good for the database it came from. */
export interface ChangePosition {
  /** The transaction that added the change, as decimal text: it has 64 bits. */
  readonly transaction: string
  readonly subjectId: string
  readonly version: number
}

export interface Change {
  readonly subjectId: SubjectId
  readonly position: ChangePosition
}

/**
 * Port for asking what changed since. Promises: a change is given after every position taken before it committed, however
 * many writers there are and however long one of them takes; the changes of one person come in their own order; a change
 * may be given again and is never left out. It comes once every transaction that began before it has ended: the oldest one
 * on the whole server, whatever it does, holds back what came after. `since` answers undefined for a position that this database never gave.
 */
export interface ChangeFeed {
  /** A position before everything that is still under way or yet to come. */
  now(): Promise<ChangePosition>
  since(position: ChangePosition, limit: number): Promise<readonly Change[] | undefined>
}
