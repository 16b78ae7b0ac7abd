import { z } from 'zod'
import type { WorkingCalendar } from '../../features/privacy-requests/index.ts'
import { deadline } from '../../features/privacy-requests/index.ts'
import { texts } from './reading.ts'

const calendarSchema = z.object({ country: z.string(), holidays: texts })
const deadlineVectorSchema = z.object({ received: z.string() })

/** Reads the calendar of a deadline file; throws a ZodError when it is not one. */
export function readCalendar(value: unknown): WorkingCalendar {
  const { country, holidays } = calendarSchema.parse(value)
  return { country, holidays: new Set(holidays) }
}

/** Reads and answers one case of a deadline file; throws a ZodError when it is not one. */
export function answerDeadlineVector(
  value: unknown,
  calendar: WorkingCalendar,
): Readonly<Record<string, unknown>> {
  return { ...deadline(deadlineVectorSchema.parse(value).received, calendar) }
}
