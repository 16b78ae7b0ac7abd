import type { SubjectId } from '../../kernel/ids.ts'

export type SubjectState = 'active' | 'locked' | 'blocked' | 'erased'

export interface Subject {
  readonly subjectId: SubjectId
  readonly state: SubjectState
  /** ISO 3166 country whose law is looked up for the person. */
  readonly jurisdiction: string
  readonly language: string
  readonly createdAt: Date
}

/** Locked, blocked and erased accounts get nothing from any way in, at the start and at the end of it (R31). */
export const mayEnter = (subject: Pick<Subject, 'state'> | undefined): boolean => subject?.state === 'active'
