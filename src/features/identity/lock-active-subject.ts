import { refused } from '../../kernel/errors.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import { mayEnter, type Subject } from './subject.ts'
import type { SubjectStore } from './subject-store.ts'

/** Holds an account while its credentials change; a locked, blocked or erased one does not change (R31). */
export async function lockActiveSubject(
  tx: { readonly subjects: Pick<SubjectStore, 'lock'> },
  subjectId: SubjectId,
): Promise<Subject> {
  const subject = await tx.subjects.lock(subjectId)
  if (subject === undefined || !mayEnter(subject)) {
    throw refused('account-closed', 'This account cannot be changed.')
  }
  return subject
}
