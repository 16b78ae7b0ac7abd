import type { Instant } from './calendar.ts'

/**
 * The only clock a decision may look at. Every question of time goes through `reached`, and each answer "not yet"
 * remembers its instant. A decision reads nothing else that moves, so until the earliest remembered instant it would
 * take the same path to the same answer: `validUntil` is right by construction, not by a second list of dates.
 */
export class Watch {
  readonly now: Instant
  #next = Number.POSITIVE_INFINITY

  constructor(now: Instant) {
    this.now = now
  }

  /** True from the instant itself on: at the instant of expiry a thing is expired. */
  reached(instant: Instant): boolean {
    if (instant <= this.now) return true
    if (instant < this.#next) this.#next = instant
    return false
  }

  /** The earliest instant at which the answer could change by time alone; null when time cannot change it. */
  validUntil(): Instant | null {
    return this.#next === Number.POSITIVE_INFINITY ? null : this.#next
  }
}
