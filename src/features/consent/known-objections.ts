import type { ContactChannel } from '../../kernel/evidence.ts'
import type { ConsentEvent } from './consent-event.ts'
import type { Facts } from './facts.ts'
import { reachedBy } from './object-to-purpose.ts'
import { standingObjection } from './objection.ts'
import { purposeMatches } from './permission-key.ts'
import type { PublishedRegistry } from './published.ts'
import { keyFor } from './standing-choice.ts'
import { Watch } from './valid-until.ts'

/** One objection of the person, as the officer has to look at it: against whom, about what and by which contact channel. */
export interface KnownObjection {
  readonly controller: string
  /** `*` for all of the controller's brands. */
  readonly brand: string
  /** A purpose, or a family such as `marketing.*`. */
  readonly purpose: string
  readonly contactChannel: ContactChannel | '*'
  readonly at: number
  /** Against advertising: nobody's grounds prevail over it (GDPR Art. 21(3)). */
  readonly absolute: boolean
  /** When it was decided, with reasons, that compelling grounds prevail over all of it (Art. 21(1)). */
  readonly overriddenAt: number | undefined
}

/** The last decision on all that the objection reaches; undefined where any part of it still stands. */
function overriddenAt(
  objection: ConsentEvent,
  events: readonly ConsentEvent[],
  registry: PublishedRegistry,
): number | undefined {
  const { controller, brand, purpose, contactChannel, occurredAt } = objection
  const brands = [...registry.brands].filter(([, one]) => one.controller === controller).map(([id]) => id)
  const purposes = [...registry.active.keys()].filter((one) => purposeMatches(purpose, one))
  let last: number | undefined
  for (const oneBrand of brand === '*' && brands.length > 0 ? brands : [brand]) {
    for (const onePurpose of purposes.length > 0 ? purposes : [purpose]) {
      const decisions = events.filter(
        (event) =>
          event.type === 'objection_overridden' &&
          event.controller === controller &&
          event.occurredAt > occurredAt &&
          (event.brand === '*' || event.brand === oneBrand) &&
          (event.contactChannel === '*' || event.contactChannel === contactChannel) &&
          purposeMatches(event.purpose, onePurpose),
      )
      if (decisions.length === 0) return undefined
      last = Math.max(last ?? 0, ...decisions.map((one) => one.occurredAt))
    }
  }
  return last
}

/** The last objection of each scope, newest first, with the decision on it where there is one. */
export function objectionsOf({ events }: Facts, registry: PublishedRegistry): readonly KnownObjection[] {
  const latest = new Map<string, ConsentEvent>()
  for (const event of events) {
    if (event.type !== 'objected') continue
    const scope = [event.controller, event.brand, event.purpose, event.contactChannel].join(' ')
    const known = latest.get(scope)
    if (known === undefined || event.occurredAt >= known.occurredAt) latest.set(scope, event)
  }
  return [...latest.values()]
    .map((objection) => {
      const { controller, brand, purpose, contactChannel, occurredAt: at, article } = objection
      const absolute =
        article === '21(2)' ||
        [...registry.purposes.values()].some(
          (one) => one.class === 'marketing' && purposeMatches(purpose, one.id),
        )
      return {
        controller,
        brand,
        purpose,
        contactChannel,
        at,
        absolute,
        overriddenAt: absolute ? undefined : overriddenAt(objection, events, registry),
      }
    })
    .sort((a, b) => b.at - a.at)
}

/** The objection that stands against this purpose in this house, by any of its contact channels; what a decision is about. */
export function objectionAgainst(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  purpose: string,
  now: number,
): ConsentEvent | undefined {
  const described = registry.purposes.get(purpose)
  const version = registry.active.get(purpose)
  if (described === undefined || version === undefined) return undefined
  for (const channel of reachedBy(version, undefined)) {
    const key = keyFor(house, purpose, channel, facts)
    const stands = standingObjection(facts.events, key, described, new Watch(now))
    if (stands !== undefined) return stands
  }
  return undefined
}

/** The purposes whose objection the officer may weigh (Art. 21(1)): one that stands in this house, and not to advertising. */
export function decidableObjections(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: number,
): readonly { readonly purpose: string; readonly at: number }[] {
  return [...registry.active.keys()].flatMap((purpose) => {
    if (registry.purposes.get(purpose)?.class === 'marketing') return []
    const stands = objectionAgainst(house, facts, registry, purpose, now)
    return stands === undefined || stands.article === '21(2)' ? [] : [{ purpose, at: stands.occurredAt }]
  })
}
