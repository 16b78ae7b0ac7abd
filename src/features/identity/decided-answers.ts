import type { SubjectId } from '../../kernel/ids.ts'

/**
 * Port, fulfilled by the room that decides. Promises: in the same transaction, whatever was decided about the person on
 * what is now changed stands no longer from `at` on, nor does what somebody is deciding on it right now: it is decided
 * again. All accounts of the person are held in the order of their ids, so call it before anything else is locked.
 */
export interface DecidedAnswers {
  outdate(subjectId: SubjectId, changed: ChangedOfPerson, at: Date): Promise<void>
}

/** What another room changed of a person. */
export type ChangedOfPerson =
  | { readonly contactPoints: true }
  | { readonly attributes: readonly string[]; readonly contactPoints?: never }

export interface DecidedStores {
  readonly decided: DecidedAnswers
}
