import type { SubjectId } from '../../kernel/ids.ts'
import type { Subject, SubjectState } from './subject.ts'

/** Something of a subject that stood until it was changed: what it was, and when that ended. */
export interface SubjectChange {
  readonly aspect: 'state' | 'jurisdiction'
  readonly was: string
  readonly until: Date
}

export interface SubjectReads {
  find(subjectId: SubjectId): Promise<Subject | undefined>
  /** Everything a subject was and is no longer, oldest first. */
  changes(subjectId: SubjectId): Promise<readonly SubjectChange[]>
  /** False also when there is no such account. */
  mayEnter(subjectId: SubjectId): Promise<boolean>
}

/**
 * Port. Promises: `lock` holds the subject's row until the unit ends, so that rules over several rows of one person
 * ("not the last factor") are judged one after another; a subject id is never used twice; the state that `setState` ends is
 * kept with the instant, in the same transaction, so that it can be told what an account was on a past day.
 */
export interface SubjectStore extends SubjectReads {
  insert(subject: Subject): Promise<void>
  lock(subjectId: SubjectId): Promise<Subject | undefined>
  setState(subjectId: SubjectId, state: SubjectState, at: Date): Promise<void>
  /** What they are written to in; nothing was ever decided by it, so what it was before is not kept. */
  setLanguage(subjectId: SubjectId, language: string): Promise<void>
}
