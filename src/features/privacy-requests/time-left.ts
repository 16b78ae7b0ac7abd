import { Temporal } from 'temporal-polyfill'

/** Within this many days the inbox marks a request. */
export const soonDays = 5

export interface TimeLeft {
  /** Whole days until the last day for the answer; 0 on that day, negative after it. */
  readonly days: number
  readonly urgency: 'overdue' | 'soon' | 'in-time'
}

/** The day an instant falls on where the controller sits, as an ISO date. */
export const dayAt = (instant: Date, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()

/** The day so many days after another, as ISO dates. */
export const daysAfter = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).add({ days }).toString()

/** The whole last day is still in time: a period ends with its last hour (Regulation 1182/71 art. 3(2)). */
export function timeLeft(due: string, today: string): TimeLeft {
  const { days } = Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(due), { largestUnit: 'day' })
  return { days, urgency: days < 0 ? 'overdue' : days <= soonDays ? 'soon' : 'in-time' }
}
