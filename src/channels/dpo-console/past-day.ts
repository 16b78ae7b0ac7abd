import { Temporal } from 'temporal-polyfill'

function dayOf(text: string): Temporal.PlainDate | undefined {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(text) ? Temporal.PlainDate.from(text, { overflow: 'reject' }) : undefined
  } catch {
    return undefined
  }
}

/** The end of a day as it was at the controller's seat; nothing for today, which is asked about as it is now. */
export function asOf(day: string, { now, timeZone }: { readonly now: Date; readonly timeZone: string }) {
  if (day === '') return {}
  const date = dayOf(day)
  if (date === undefined) return { wrong: 'date-invalid' }
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  const order = Temporal.PlainDate.compare(date, today)
  if (order > 0) return { wrong: 'date-in-future' }
  if (order === 0) return {}
  return { at: new Date(date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1) }
}
