import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { factsOf } from './admit-subject.ts'

/** So that the owner sees it in "recent activity" (R88). Run after the answer: only existing accounts have a trail. */
export const recordFailedSignIn = (
  deps: { readonly work: Work<object>; readonly clock: Clock },
  { subjectId, evidence }: { readonly subjectId: SubjectId; readonly evidence: Evidence },
): Promise<void> =>
  deps.work((tx) =>
    tx.audit.record({
      action: 'sign-in.failed',
      actor: { kind: 'anonymous' },
      at: deps.clock.now(),
      subjectId,
      evidence,
      facts: factsOf('none', evidence),
    }),
  )
