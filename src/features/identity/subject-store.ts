import type { SubjectId } from '../../kernel/ids.ts'
import type { Subject, SubjectState } from './subject.ts'

export interface SubjectReads {
  find(subjectId: SubjectId): Promise<Subject | undefined>
  /** False also when there is no such account. */
  mayEnter(subjectId: SubjectId): Promise<boolean>
}

/**
 * Port. Promises: `lock` holds the subject's row until the unit ends, so that rules over several rows of one person
 * ("not the last factor") are judged one after another; a subject id is never used twice.
 */
export interface SubjectStore extends SubjectReads {
  insert(subject: Subject): Promise<void>
  lock(subjectId: SubjectId): Promise<Subject | undefined>
  setState(subjectId: SubjectId, state: SubjectState): Promise<void>
}
