import type { SubjectId } from '../../kernel/ids.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { DecideParts } from './decide-for.ts'
import { decide } from './decision.ts'
import type { Facts } from './facts.ts'
import { houseSystem } from './key-decision.ts'
import { standingObjection } from './objection.ts'
import { touches } from './permission-key.ts'
import type { PublishedRegistry } from './published.ts'
import type { LegalBasis, Purpose } from './purpose.ts'
import { isInForce, type Restriction } from './restriction.ts'
import { keyFor, restsOnConsent, type StandingChoice, standingChoice } from './standing-choice.ts'
import { allMarketing } from './statements.ts'
import { type RestrictedUse, restrictedUses } from './use-during-restriction.ts'
import { Watch } from './valid-until.ts'

export interface ConsentOverview {
  /** Purposes that rest on the person's yes, one entry per contact channel. */
  readonly choices: readonly StandingChoice[]
  /** Purposes of legitimate interest, which are never shown as if they were consent. */
  readonly interests: readonly StandingInterest[]
  /** Restrictions in force (Art. 18): while they are, what they reach is kept and not used, whatever was agreed. */
  readonly restrictions: readonly Restriction[]
  /** What they keep from being used, and what the person allows all the same. */
  readonly restricted: readonly RestrictedUse[]
  /** When the person objected to all advertising on every contact channel, if they did. */
  readonly marketingObjectedAt: number | undefined
  /** What contract or law asks for, with the basis that carries it now. */
  readonly necessary: readonly { readonly purpose: string; readonly basis: LegalBasis }[]
  /** When the person last decided anything. */
  readonly lastDecisionAt: number | undefined
}

/** How a purpose of legitimate interest stands with one person. */
export interface StandingInterest {
  readonly purpose: string
  readonly objectedAt: number | undefined
  /** When it was decided, with reasons, that compelling grounds prevail over their objection (Art. 21(1)). */
  readonly overriddenAt: number | undefined
  readonly restricted: boolean
}

const latestOf = (events: readonly ConsentEvent[]): number | undefined =>
  events.length === 0 ? undefined : Math.max(...events.map(({ occurredAt }) => occurredAt))

/** An objection on some of the contact channels leaves the rest to be objected to, so it is not shown as one to the purpose. */
function standingInterest(
  all: readonly StandingChoice[],
  choice: StandingChoice,
  described: Purpose,
  facts: Facts,
  watch: Watch,
): StandingInterest {
  const { key, decision } = choice
  const objections = all.map((one) => standingObjection(facts.events, one.key, described, watch))
  const objection = objections.includes(undefined) ? undefined : objections[0]
  const overrides = facts.events.filter(
    (event) =>
      event.type === 'objection_overridden' && touches(event, key) && watch.reached(event.occurredAt),
  )
  return {
    purpose: key.purpose,
    objectedAt: objection?.occurredAt,
    overriddenAt: objection === undefined ? latestOf(overrides) : undefined,
    restricted: decision.reason === 'RESTRICTED',
  }
}

const decisive = new Set(['given', 'refused', 'withdrawn', 'confirmed', 'objected'])

export function overviewOf(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: number,
): ConsentOverview {
  const choices: StandingChoice[] = []
  const interests: StandingInterest[] = []
  const necessary: ConsentOverview['necessary'][number][] = []
  for (const purpose of registry.order) {
    const version = registry.active.get(purpose)
    const described = registry.purposes.get(purpose)
    if (version === undefined || described === undefined) continue
    const standing = version.contactChannels.map((contactChannel) =>
      standingChoice(keyFor(house, purpose, contactChannel, facts), version, facts, registry, now),
    )
    const asked = standing.filter(restsOnConsent)
    choices.push(...asked)
    const [first] = standing
    if (asked.length > 0 || first === undefined) continue
    if (version.bases.includes('legitimate_interest')) {
      interests.push(standingInterest(standing, first, described, facts, new Watch(now)))
      continue
    }
    if (described.class === 'authority' || described.class === 'dsr') continue
    const attribute = version.attributes[0] ?? ''
    const { basis } = decide({ ...first.key, system: houseSystem, attribute }, facts, registry, now)
    if (basis !== null) necessary.push({ purpose, basis })
  }
  const times = facts.events.filter(({ type }) => decisive.has(type)).map(({ occurredAt }) => occurredAt)
  return {
    choices,
    interests,
    necessary,
    restrictions: facts.subject.restrictions.filter((one) => isInForce(one, new Watch(now))),
    restricted: restrictedUses(house, facts, registry, now),
    marketingObjectedAt: latestOf(
      facts.events.filter(
        ({ type, purpose, contactChannel }) =>
          type === 'objected' && purpose === allMarketing && contactChannel === '*',
      ),
    ),
    lastDecisionAt: times.length === 0 ? undefined : Math.max(...times),
  }
}

/** Everything a person decided, as it stands now; undefined when there is no such person. */
export async function consentOverview(
  { facts, registry, clock }: DecideParts,
  question: { readonly subjectId: SubjectId; readonly controller: string; readonly brand: string },
): Promise<ConsentOverview | undefined> {
  const known = await facts.find(question.subjectId)
  if (known === undefined) return undefined
  return overviewOf(question, known.facts, registry.current(), clock.now().getTime())
}
