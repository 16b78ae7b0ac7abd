import type { Instant } from '../calendar.ts'
import { overviewOf } from '../consent-overview.ts'
import type { Facts } from '../facts.ts'
import type { PublishedRegistry } from '../published.ts'
import { consentAgeNow } from '../rule-pack.ts'
import { standingAnswer } from '../standing-answer.ts'
import type { StandingChoice } from '../standing-choice.ts'
import { Watch } from '../valid-until.ts'
import { isKnownMinor, packOf, waitingForGuardian } from './waiting-for-guardian.ts'

/** Whose yes counts for a person, as their own pages tell it. */
export interface WhoseWord {
  /** False while a guardian's yes is needed beside or instead of theirs (GDPR Art. 8(1)). */
  readonly alone: boolean
  /** From which age one decides alone where they live. */
  readonly consentAge: number
  /** Their own yeses that wait for a guardian's. */
  readonly waiting: readonly StandingChoice[]
  /**
   * Of age now: what a guardian agreed to for them, which stands until they say otherwise (EDPB 05/2020, 148), and what they
   * said too young, which never counts. They are to be told that it is theirs to confirm, change or take back.
   */
  readonly outgrown: readonly StandingChoice[]
}

/** Pure. */
export function whoseWord(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: Instant,
): WhoseWord {
  const alone = !isKnownMinor(facts, registry, now)
  const outgrown =
    alone && facts.subject.birthDate !== undefined
      ? overviewOf(house, facts, registry, now).choices.filter(
          (choice) =>
            (choice.by?.by === 'guardian' && standingAnswer(choice) === 'yes') ||
            (choice.by?.by === 'subject' && choice.state === 'PENDING_GUARDIAN'),
        )
      : []
  return {
    alone,
    consentAge: consentAgeNow(packOf(facts, registry, now), new Watch(now)),
    waiting: waitingForGuardian(house, facts, registry, now),
    outgrown,
  }
}
