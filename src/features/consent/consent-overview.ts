import type { SubjectId } from '../../kernel/ids.ts'
import type { DecideParts } from './decide-for.ts'
import { decide } from './decision.ts'
import type { Facts } from './facts.ts'
import { houseSystem } from './key-decision.ts'
import { standingObjection } from './objection.ts'
import type { PublishedRegistry } from './published.ts'
import type { LegalBasis } from './purpose.ts'
import { keyFor, restsOnConsent, type StandingChoice, standingChoice } from './standing-choice.ts'
import { Watch } from './valid-until.ts'

export interface ConsentOverview {
  /** Purposes that rest on the person's yes, one entry per contact channel. */
  readonly choices: readonly StandingChoice[]
  /** Purposes of legitimate interest, which are never shown as if they were consent. */
  readonly interests: readonly { readonly purpose: string; readonly objected: boolean }[]
  /** What contract or law asks for, with the basis that carries it now. */
  readonly necessary: readonly { readonly purpose: string; readonly basis: LegalBasis }[]
  /** When the person last decided anything. */
  readonly lastDecisionAt: number | undefined
}

const decisive = new Set(['given', 'refused', 'withdrawn', 'confirmed', 'objected'])

export function overviewOf(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: number,
): ConsentOverview {
  const choices: StandingChoice[] = []
  const interests: ConsentOverview['interests'][number][] = []
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
      const objection = standingObjection(facts.events, first.key, described, new Watch(now))
      interests.push({ purpose, objected: objection !== undefined })
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
