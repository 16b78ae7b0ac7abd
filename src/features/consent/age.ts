import type { Instant } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { RulePack } from './rule-pack.ts'
import { consentAgeNow } from './rule-pack.ts'
import type { Watch } from './valid-until.ts'

export interface BirthDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** What is known of a person's age. `overAge` is the minimised form, "over 14" (GDPR Art. 5(1)(c)). */
export interface AgeFacts {
  readonly birthDate?: BirthDate | undefined
  readonly overAge?: number | undefined
}

/**
 * The instant one is that old: midnight UTC, which in the Union is at or after the person's own midnight almost
 * everywhere, so nobody is taken for older than they are. Whoever was born on 29 February waits for 1 March.
 */
export const birthday = (birth: BirthDate, years: number): Instant =>
  Date.UTC(birth.year + years, birth.month - 1, birth.day)

/** Ages that a law of ours asks about; nothing finer is kept of anybody. */
const asked = [18, 16, 15, 14, 13] as const

/** The highest of those the person had reached, 0 for a younger child: "over 14", and never the date. */
export const ageAt = (birth: BirthDate, moment: Instant): number =>
  asked.find((years) => birthday(birth, years) <= moment) ?? 0

/**
 * What the person's own acts tell of their age when no birth date does any more: who takes theirs back does not become another
 * age by it. The last one speaks; it may be of years ago, and nobody is taken for older than they were then.
 */
export const lastAssuredAge = (
  events: readonly Pick<ConsentEvent, 'by' | 'overAge' | 'occurredAt'>[],
): number | undefined =>
  events
    .filter(({ by, overAge }) => by === 'subject' && overAge !== undefined)
    .reduce<Pick<ConsentEvent, 'overAge' | 'occurredAt'> | undefined>(
      (last, event) => (last === undefined || event.occurredAt >= last.occurredAt ? event : last),
      undefined,
    )?.overAge

/** True when the person had that age at a past moment. Falls back on what was assured then, and on the pack's policy. */
export function wasOldEnough(
  facts: AgeFacts,
  assuredAtTheAct: number | undefined,
  years: number,
  moment: Instant,
  pack: RulePack,
): boolean {
  if (facts.birthDate !== undefined) return birthday(facts.birthDate, years) <= moment
  if (assuredAtTheAct !== undefined) return assuredAtTheAct >= years
  return pack.unknownAge === 'adult'
}

/** True while the person is below the age of digital consent of the pack; the birthday that ends it goes to the watch. */
export function isMinor(facts: AgeFacts, pack: RulePack, watch: Watch): boolean {
  const years = consentAgeNow(pack, watch)
  if (facts.birthDate !== undefined) return !watch.reached(birthday(facts.birthDate, years))
  if (facts.overAge !== undefined) return facts.overAge < years
  return pack.unknownAge === 'minor'
}
