import { isMinor } from '../age.ts'
import type { Instant } from '../calendar.ts'
import { overviewOf } from '../consent-overview.ts'
import type { Facts } from '../facts.ts'
import type { PublishedRegistry } from '../published.ts'
import { packInForce, type RulePack } from '../rule-pack.ts'
import type { StandingChoice } from '../standing-choice.ts'
import { Watch } from '../valid-until.ts'

export const packOf = (facts: Facts, registry: PublishedRegistry, now: Instant): RulePack =>
  packInForce(registry.packs.get(facts.subject.jurisdiction ?? ''), new Watch(now)) ?? registry.strictest

/** True when a birth date is known and says that this person cannot consent alone yet (GDPR Art. 8(1)). */
export const isKnownMinor = (facts: Facts, registry: PublishedRegistry, now: Instant): boolean =>
  facts.subject.birthDate !== undefined &&
  isMinor(facts.subject, packOf(facts, registry, now), new Watch(now))

/**
 * The yeses of a child that count for nothing until somebody with parental responsibility says yes as well. Pure. What the
 * child said no to, or was never asked, nobody is asked about: the guardian authorises the child's wish and has none in its
 * place.
 */
export const waitingForGuardian = (
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: Instant,
): readonly StandingChoice[] =>
  isKnownMinor(facts, registry, now)
    ? overviewOf(house, facts, registry, now).choices.filter(
        ({ state, by }) =>
          by?.type === 'given' &&
          by.by === 'subject' &&
          (state === 'PENDING_GUARDIAN' || state === 'PENDING_DOI'),
      )
    : []

/**
 * What a guardian may answer: what waits for them, and what they answered before, so that taking a yes back is the same page
 * and the same effort as giving it (Art. 7(3)).
 */
export const guardianQuestions = (
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: Instant,
): readonly StandingChoice[] => {
  const waiting = new Set(waitingForGuardian(house, facts, registry, now).map(nameOf))
  return isKnownMinor(facts, registry, now)
    ? overviewOf(house, facts, registry, now).choices.filter(
        (choice) => waiting.has(nameOf(choice)) || choice.by?.by === 'guardian',
      )
    : []
}

const nameOf = ({ key }: StandingChoice): string => `${key.purpose}.${key.contactChannel}`
