import type { Instant } from './calendar.ts'
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
