import type { SubjectId } from '../../kernel/ids.ts'
import { plus } from './calendar.ts'
import type { DecideParts } from './decide-for.ts'
import type { Facts } from './facts.ts'
import { noticeFor, type PublishedRegistry } from './published.ts'
import { keyFor, restsOnConsent, type StandingChoice, standingChoice } from './standing-choice.ts'

export interface Undecided {
  readonly choice: StandingChoice
  /** `changed`: answered before, on a text or scope that no longer counts. */
  readonly because: 'first-time' | 'changed'
}

/** Why a question is due; undefined when it is not. Nobody is asked twice within the cool-off (ISO/IEC 29184 5.4.7). */
function whyAsk(choice: StandingChoice, now: number): Undecided['because'] | undefined {
  if (!choice.decision.ask || !restsOnConsent(choice)) return undefined
  const { state, effective, by, version, pack } = choice
  switch (state) {
    case 'UNKNOWN':
    case 'REQUESTED':
      return 'first-time'
    case 'DEFERRED':
      return by !== undefined && plus(by.occurredAt, pack.reaskCoolOff) > now ? undefined : 'first-time'
    case 'REFUSED':
    case 'WITHDRAWN':
      // A no stands; only what it was said to may have become something else.
      return (by?.purposeVersion ?? 0) < version.reconsentMin ? 'changed' : undefined
    default:
      return effective === 'SUPERSEDED' || effective === 'EXPIRED' ? 'changed' : undefined
  }
}

/** Pure: the questions that are due for a person with this house, in the order purposes are shown. */
export function undecidedOf(
  house: { readonly controller: string; readonly brand: string },
  purposes: readonly string[] | undefined,
  facts: Facts,
  registry: PublishedRegistry,
  now: number,
): readonly Undecided[] {
  return registry.order.flatMap((purpose) => {
    const version = registry.active.get(purpose)
    if (version === undefined || (purposes !== undefined && !purposes.includes(purpose))) return []
    // What has no words for a screen cannot be asked on one.
    if (noticeFor(registry, purpose, 'es') === undefined) return []
    return version.contactChannels.flatMap((contactChannel) => {
      const choice = standingChoice(
        keyFor(house, purpose, contactChannel, facts),
        version,
        facts,
        registry,
        now,
      )
      const because = whyAsk(choice, now)
      return because === undefined ? [] : [{ choice, because }]
    })
  })
}

/**
 * What to ask this person in a session they started: purposes without an answer that counts, and only where a yes may be
 * asked for now. `purposes` limits it to those a client asks about; left out, to all that the house has.
 */
export async function undecidedPurposes(
  { facts, registry, clock }: DecideParts,
  question: {
    readonly subjectId: SubjectId
    readonly controller: string
    readonly brand: string
    readonly purposes?: readonly string[]
  },
): Promise<readonly Undecided[]> {
  const known = await facts.find(question.subjectId)
  if (known === undefined || known.facts.subject.state !== 'active') return []
  return undecidedOf(question, question.purposes, known.facts, registry.current(), clock.now().getTime())
}
