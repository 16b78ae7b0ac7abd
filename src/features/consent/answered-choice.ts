import type { Actor } from '../../kernel/actor.ts'
import type { ContactChannel, Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Recorded } from './append-act.ts'
import type { ControlState } from './choices.ts'
import type { NoticeReference } from './notice.ts'
import type { SeenAnswer } from './overtaken-answer.ts'
import type { PublishedNotice } from './published.ts'
import type { StandingChoice } from './standing-choice.ts'
import type { ActInstants } from './told-late.ts'

/** One answer as it came back from a form, a call or a client. */
export interface AnsweredChoice {
  readonly purpose: string
  readonly contactChannel: ContactChannel
  /** `later` puts the question off. */
  readonly answer: 'yes' | 'no' | 'later'
  /** The wording the person had before them. */
  readonly notice: NoticeReference
  /** How the control stood before the act; left out, as ours are: unticked. */
  readonly defaultState?: ControlState
  /** How the question stood on a screen that shows standing answers; left out where each answer is an act of its own. */
  readonly seen?: SeenAnswer
}

export type ClaimedChoice = Omit<AnsweredChoice, 'answer' | 'seen'>

export interface RecordChoices {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence: Evidence
  readonly idempotencyKey: string
  readonly controller: string
  readonly brand: string
  readonly choices: readonly AnsweredChoice[]
  /** What the actor says the person said yes to, with nothing of theirs to show for it (see `claimedYes`). */
  readonly claims?: readonly ClaimedChoice[]
  /**
   * The screen told of the restriction in force and asked for this use all the same (Art. 18(2)). What no restriction reaches
   * is not answered by it.
   */
  readonly duringRestriction?: boolean
  /** What else proves the act, such as the call it was told in; kept sealed beside the evidence. */
  readonly particulars?: Readonly<Record<string, string>>
  /** Where it is told later than it was: when it counts. */
  readonly when?: ActInstants
}

export type ChoicesOutcome =
  | Recorded
  /** Every answer only repeats what stands. */
  | { readonly outcome: 'unchanged' }
  /** A text changed since the form was shown: nothing was recorded, and these are the texts of today. */
  | { readonly outcome: 'stale'; readonly current: readonly PublishedNotice[] }
  /** Somebody answered these elsewhere after the form was shown: nothing was recorded, and this is how they stand. */
  | { readonly outcome: 'overtaken'; readonly standing: readonly StandingChoice[] }

/** Names a question within one act. */
export const nameOf = (choice: Pick<AnsweredChoice, 'purpose' | 'contactChannel'>): string =>
  `${choice.purpose}.${choice.contactChannel}`
