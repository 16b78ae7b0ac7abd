import type { Facts } from './facts.ts'
import { purposeMatches } from './permission-key.ts'
import type { PublishedRegistry } from './published.ts'

/** One objection of the person, as the officer has to look at it. */
export interface KnownObjection {
  /** A purpose, or a family such as `marketing.*`. */
  readonly purpose: string
  readonly at: number
  /** Against advertising: nobody's grounds prevail over it (GDPR Art. 21(3)). */
  readonly absolute: boolean
  /** When it was decided, with reasons, that compelling grounds prevail (Art. 21(1)). */
  readonly overriddenAt: number | undefined
}

/** The last objection to each purpose, newest first, with the decision on it where there is one. */
export function objectionsOf({ events }: Facts, registry: PublishedRegistry): readonly KnownObjection[] {
  const latest = new Map<string, KnownObjection>()
  for (const { type, purpose, occurredAt, article } of events) {
    if (type !== 'objected' || occurredAt < (latest.get(purpose)?.at ?? Number.NEGATIVE_INFINITY)) continue
    const absolute =
      article === '21(2)' ||
      [...registry.purposes.values()].some(
        (one) => one.class === 'marketing' && purposeMatches(purpose, one.id),
      )
    const overrides = events.filter(
      (event) =>
        event.type === 'objection_overridden' &&
        event.occurredAt > occurredAt &&
        purposeMatches(event.purpose, purpose),
    )
    const overriddenAt =
      absolute || overrides.length === 0 ? undefined : Math.max(...overrides.map((one) => one.occurredAt))
    latest.set(purpose, { purpose, at: occurredAt, absolute, overriddenAt })
  }
  return [...latest.values()].sort((a, b) => b.at - a.at)
}
