import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'

/**
 * Why a question brought no answer: the list does not take it, or said nothing that is understood; the person has nothing
 * in use that lists know; or we failed at it ourselves.
 */
export type Unanswered = 'refused' | 'silent' | 'unused' | 'failed'

export interface Attempt {
  readonly subjectId: SubjectId
  /** `*` where nobody was asked at all. */
  readonly list: string
  readonly contactChannel: ContactChannel | '*'
  readonly contactPoint: string
  readonly outcome: Unanswered
}

export interface DueQuestion {
  readonly jurisdictions: readonly string[]
  /** Each list with each contact channel it knows. */
  readonly asks: readonly { readonly list: string; readonly contactChannel: ContactChannel }[]
  /** Answers from before are due again. */
  readonly checkedBefore: Date
  /** After an attempt without an answer nothing is asked again for a while: longer, where time alone will not mend it. */
  readonly triedBefore: Readonly<Record<Unanswered, Date>>
}

/**
 * Port. Promises of `find`: only people for whom the answer can matter, so that nobody's address is sent anywhere without
 * need: their law asks for lists, some list was not asked lately about an address or number of theirs, and they bought
 * something with a way out offered, or agreed to advertising on a channel that lists know (the list may pass on that they took
 * it back), or advertising to them rests on legitimate interest. Those nobody tried to ask about come first, then whoever was
 * last tried longest ago: so everybody's turn comes, however many there are of whom a list never says anything.
 */
export interface DueChecks {
  find(question: DueQuestion, most: number): Promise<readonly SubjectId[]>
  /** Of each list and contact point the last attempt that brought no answer. */
  noteAttempts(attempts: readonly Attempt[], at: Date): Promise<void>
}
