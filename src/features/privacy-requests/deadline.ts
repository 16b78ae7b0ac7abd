import { Temporal } from 'temporal-polyfill'

/** Public holidays of where the controller is, as ISO dates. Saturdays and Sundays need not be among them. */
export interface WorkingCalendar {
  readonly country: string
  readonly holidays: ReadonlySet<string>
}

/** The last days for an answer, as ISO dates; the period ends with the last hour of the day. */
export interface Deadline {
  readonly due: string
  /** If the extension is announced, with its reasons, before `due` (GDPR Art. 12(3)). */
  readonly dueIfExtended: string
}

/**
 * One month from receipt, three if extended (GDPR Art. 12(3)), counted as Regulation 1182/71 art. 3 says: the day of
 * receipt does not count; the period ends on the day of the same number, or on the last of a month that lacks it; a
 * Saturday, Sunday or holiday moves the end to the next working day. Never thirty days. The extension is counted from
 * receipt and not from a first deadline that may have been moved.
 */
export function deadline(received: string, calendar: WorkingCalendar): Deadline {
  const day = Temporal.PlainDate.from(received)
  return {
    due: nextWorkingDay(day.add({ months: 1 }), calendar).toString(),
    dueIfExtended: nextWorkingDay(day.add({ months: 3 }), calendar).toString(),
  }
}

function nextWorkingDay(day: Temporal.PlainDate, calendar: WorkingCalendar): Temporal.PlainDate {
  let candidate = day
  while (candidate.dayOfWeek >= 6 || calendar.holidays.has(candidate.toString()))
    candidate = candidate.add({ days: 1 })
  return candidate
}
