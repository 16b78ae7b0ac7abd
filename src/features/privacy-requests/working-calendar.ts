import type { WorkingCalendar } from './deadline.ts'
import { spain } from './holidays/spain.ts'

const kept: Readonly<Record<string, WorkingCalendar>> = { [spain.country]: spain }

/**
 * The calendar of the country where the controller sits. Of a country whose holidays are not kept here only weekends move a
 * deadline, so that an answer is asked for earlier than the law wants it and never later.
 */
export const workingCalendarOf = (country: string): WorkingCalendar =>
  kept[country] ?? { country, holidays: new Set() }
