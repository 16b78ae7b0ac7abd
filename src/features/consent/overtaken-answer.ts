import { standingAnswer, standingMark } from './standing-answer.ts'
import type { StandingChoice } from './standing-choice.ts'

/** How a question stood on the screen when it was opened, and what the person did with it there. */
export interface SeenAnswer {
  /** `standingMark` of that moment. */
  readonly mark: string
  /** What the control showed as chosen. */
  readonly preset: 'yes' | 'no' | 'none'
  /** False when the control came back as it was shown. */
  readonly touched: boolean
}

type Answered = { readonly answer: 'yes' | 'no' | 'later'; readonly seen?: SeenAnswer | undefined }

/**
 * An answer that says nothing: the control came back as it was shown. Nobody agrees, or changes their mind, by leaving a
 * control alone (GDPR Art. 4(11)).
 */
export const onlyRepeated = ({ answer, seen }: Answered): boolean =>
  seen !== undefined && !seen.touched && seen.preset === answer

/**
 * True when somebody answered elsewhere after the screen was opened, and to take this answer would undo that unseen. The
 * newer answer stands until the person has seen both. A no pressed on purpose is never held up (Art. 7(3)), and two equal
 * answers do not conflict.
 */
export function isOvertaken(answered: Answered, standing: StandingChoice): boolean {
  const { answer, seen } = answered
  if (seen === undefined || answer === 'later' || standingMark(standing) === seen.mark) return false
  if (standingAnswer(standing) === answer) return false
  return !(answer === 'no' && seen.touched)
}
