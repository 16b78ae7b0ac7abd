import type { Assurance } from '../../kernel/actor.ts'
import { refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Proofs } from '../../kernel/work.ts'
import type { EntranceStores } from './entrance.ts'

export interface Admitted {
  readonly subjectId: SubjectId
  readonly assurance: Assurance
  readonly at: Date
}

/** The last step of every way to sign in: the account may be entered (R31), and that it was is on record. */
export async function admitSubject(
  tx: Pick<EntranceStores, 'subjects'> & Proofs,
  who: Admitted & { readonly evidence: Evidence },
): Promise<Admitted> {
  const { subjectId, assurance, at, evidence } = who
  if (!(await tx.subjects.mayEnter(subjectId))) {
    throw refused('account-closed', 'This account cannot be used to sign in.')
  }
  await tx.audit.record({
    action: 'sign-in.succeeded',
    actor: { kind: 'subject', subjectId, assurance },
    at,
    subjectId,
    evidence,
    facts: factsOf(assurance, evidence),
  })
  return { subjectId, assurance, at }
}

/** What the person is shown of it later: the browser's family and the cut network, neither of which points at anybody. */
export const factsOf = (assurance: Assurance, evidence: Evidence) => ({
  assurance,
  network: evidence.network ?? null,
  browser: evidence.userAgentFamily ?? null,
})
