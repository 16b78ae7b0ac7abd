import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import { type Admitted, admitSubject } from './admit-subject.ts'
import type { EntranceStores } from './entrance.ts'

/**
 * Lets in whoever redeemed a code sent to a verified address of the account. The assurance stays `code`, whatever else the
 * account has: whoever reads the mailbox has no more than that (R78).
 */
export const signInWithCode = (
  deps: { readonly work: Work<Pick<EntranceStores, 'subjects'>>; readonly clock: Clock },
  command: { readonly subjectId: SubjectId; readonly evidence: Evidence },
): Promise<Admitted> =>
  deps.work((tx) => admitSubject(tx, { ...command, assurance: 'code', at: deps.clock.now() }))
