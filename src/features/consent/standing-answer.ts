import type { ConsentEventType } from './consent-event.ts'
import type { StandingChoice } from './standing-choice.ts'

const asking: ReadonlySet<ConsentEventType> = new Set<ConsentEventType>(['notice_shown', 'requested'])

/** What the person answered, where the answer still counts. A question that is asked again has none: nothing is preset. */
export function standingAnswer({
  state,
  effective,
  by,
  decision,
}: Pick<StandingChoice, 'state' | 'effective' | 'by' | 'decision'>): 'yes' | 'no' | undefined {
  if (by === undefined) return undefined
  if (decision.reason === 'OBJECTED') return 'no'
  if (effective === 'GIVEN' || effective === 'RENEWED') return 'yes'
  return state === 'REFUSED' || state === 'WITHDRAWN' ? 'no' : undefined
}

/**
 * Names the present answer of a question: a screen sends it back, and another one at the time of saving means that
 * somebody answered meanwhile. An objection changes what an answer is worth, so it changes the name too; having been asked
 * is no answer, and changes nothing.
 */
export const standingMark = ({ by, decision }: Pick<StandingChoice, 'by' | 'decision'>): string =>
  `${by === undefined || asking.has(by.type) ? 'none' : by.id}${decision.reason === 'OBJECTED' ? '.objected' : ''}`
