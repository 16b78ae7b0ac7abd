import { Temporal } from 'temporal-polyfill'

/** Milliseconds since the epoch, UTC. The decision compares instants and nothing else, so it never parses a date. */
export type Instant = number

/** A calendar duration, parsed once when a registry is loaded. Months and days are kept apart: P1M is not 30 days. */
export interface Period {
  readonly months: number
  readonly milliseconds: number
}

const parsed = new Map<string, Period>()

/** Parses ISO 8601 such as `P24M`, `P30D` or `PT72H`. Throws a RangeError for anything else. */
export function period(iso: string): Period {
  const known = parsed.get(iso)
  if (known !== undefined) return known
  const duration = Temporal.Duration.from(iso)
  const fresh = {
    months: duration.years * 12 + duration.months,
    milliseconds:
      (duration.weeks * 7 + duration.days) * 86_400_000 +
      duration.hours * 3_600_000 +
      duration.minutes * 60_000 +
      duration.seconds * 1000 +
      duration.milliseconds,
  }
  parsed.set(iso, fresh)
  return fresh
}

/**
 * The instant one period later on the UTC calendar; a day the month lacks becomes its last (31 January + P1M is the
 * last of February), as Temporal's `constrain`, to which a property test holds it. Done by hand because a decision makes
 * several of these and Temporal costs microseconds each.
 */
export function plus(instant: Instant, duration: Period): Instant {
  if (duration.months === 0) return instant + duration.milliseconds
  const from = new Date(instant)
  const month = from.getUTCMonth() + duration.months
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate()
  const day = Math.min(from.getUTCDate(), lastDay)
  const midnight = Date.UTC(from.getUTCFullYear(), month, day)
  const timeOfDay = ((instant % 86_400_000) + 86_400_000) % 86_400_000
  return midnight + timeOfDay + duration.milliseconds
}
