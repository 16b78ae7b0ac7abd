import type { SubjectId } from '../../kernel/ids.ts'
import { isMinor } from './age.ts'
import { type Instant, plus } from './calendar.ts'
import { askingAgain } from './campaigns/asking-again.ts'
import type { DecideParts } from './decide-for.ts'
import type { Facts } from './facts.ts'
import { touches } from './permission-key.ts'
import { noticeFor, type PublishedRegistry } from './published.ts'
import { keyFor, restsOnConsent, type StandingChoice, standingChoice } from './standing-choice.ts'
import { Watch } from './valid-until.ts'

export interface Undecided {
  readonly choice: StandingChoice
  /** `changed`: answered before, on a text or scope that no longer counts; `expired`: a yes whose time is over. */
  readonly because: 'first-time' | 'changed' | 'expired'
}

/** Until when a question put off at an instant is not asked again: as long as the law or a running campaign says, if longer. */
function leftAloneUntil({ version, pack }: StandingChoice, since: Instant, now: Instant): Instant {
  const asking = askingAgain(version.campaigns, now)
  const byLaw = plus(since, pack.reaskCoolOff)
  return asking.whom === 'audience' ? Math.max(byLaw, plus(since, asking.coolOff)) : byLaw
}

/** The person put this very change off, and the cool-off is not over. A later material change is another question. */
const isPutOff = (choice: StandingChoice, facts: Facts, now: Instant): boolean =>
  facts.events.some(
    (event) =>
      event.type === 'deferred' &&
      touches(event, choice.key) &&
      (event.purposeVersion ?? 0) >= choice.version.reconsentMin &&
      leftAloneUntil(choice, event.occurredAt, now) > now,
  )

/** The audience of a campaign are those whom the one decision denies for this very reason, so that it can be counted. */
function mayBeAskedAboutChange({ version, decision }: StandingChoice, now: Instant): boolean {
  const { whom } = askingAgain(version.campaigns, now)
  return whom === 'everybody' || (whom === 'audience' && decision.reason === 'CONSENT_SUPERSEDED')
}

/** Why a question is due; undefined when it is not. Nobody is asked twice within the cool-off (ISO/IEC 29184 5.4.7). */
export function whyAsk(choice: StandingChoice, facts: Facts, now: Instant): Undecided['because'] | undefined {
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
      return (by?.purposeVersion ?? 0) < version.reconsentMin &&
        mayBeAskedAboutChange(choice, now) &&
        !isPutOff(choice, facts, now)
        ? 'changed'
        : undefined
    case 'PENDING_GUARDIAN':
      // A birthday heals nothing, so whoever is of age now is asked for a word of their own (Art. 8).
      return isMinor(facts.subject, pack, new Watch(now)) || isPutOff(choice, facts, now)
        ? undefined
        : 'first-time'
    default:
      if (effective !== 'SUPERSEDED' && effective !== 'EXPIRED') return undefined
      if (isPutOff(choice, facts, now)) return undefined
      if (effective === 'EXPIRED') return 'expired'
      return mayBeAskedAboutChange(choice, now) ? 'changed' : undefined
  }
}

/** The day before which nobody who leaves these questions, or says no to them, is asked them again. */
export function askedAgainFrom(
  undecided: readonly Pick<Undecided, 'choice'>[],
  now: Instant,
): Instant | undefined {
  const days = undecided.map(({ choice }) => leftAloneUntil(choice, now, now))
  return days.length === 0 ? undefined : Math.min(...days)
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
      const because = whyAsk(choice, facts, now)
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
