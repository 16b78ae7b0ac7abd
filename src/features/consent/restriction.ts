import type { Instant } from './calendar.ts'
import type { ConsentEvent } from './consent-event.ts'
import { purposeMatches } from './permission-key.ts'
import type { Watch } from './valid-until.ts'

/** GDPR Art. 18: the data stay, and are not used. Scope entries: `*`, a purpose glob, or `attr:` with an attribute. */
export interface Restriction {
  readonly since: Instant
  readonly liftedAt?: Instant | undefined
  readonly scope: readonly string[]
}

export const isInForce = (restriction: Restriction, watch: Watch): boolean =>
  watch.reached(restriction.since) &&
  (restriction.liftedAt === undefined || !watch.reached(restriction.liftedAt))

export const restricts = (restriction: Restriction, purpose: string, attribute: string): boolean =>
  restriction.scope.some((entry) =>
    entry.startsWith('attr:') ? entry.slice('attr:'.length) === attribute : purposeMatches(entry, purpose),
  )

export const sameScope = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((entry) => b.includes(entry))

/** A lift ends what is of its very scope; a lift of `*` ends all. */
export const endsWith = (scope: readonly string[], lifted: readonly string[]): boolean =>
  lifted.includes('*') || sameScope(lifted, scope)

/**
 * The register of restrictions from its events. A lift ends what began before it; at the same instant the restriction
 * stands.
 */
export function restrictionsFrom(events: readonly ConsentEvent[]): readonly Restriction[] {
  const lifts = events.filter((event) => event.type === 'restriction_lifted')
  return events
    .filter((event) => event.type === 'restriction_set')
    .map((set) => {
      const scope = set.restrictionScope ?? ['*']
      const ends = lifts
        .filter((lift) => lift.occurredAt > set.occurredAt)
        .filter((lift) => endsWith(scope, lift.restrictionScope ?? ['*']))
        .map((lift) => lift.occurredAt)
      return { since: set.occurredAt, scope, ...(ends.length > 0 && { liftedAt: Math.min(...ends) }) }
    })
    .sort((a, b) => a.since - b.since)
}
