import { Temporal } from 'temporal-polyfill'
import type { Instant } from '../calendar.ts'
import { Quarantined } from './quarantine-reason.ts'

export interface SaidAt {
  readonly instant: Instant
  /** False when only the day is known. */
  readonly exact: boolean
}

export interface DateHabits {
  /** IANA name of the zone that times without an offset are of. */
  readonly zone?: string | undefined
  /** `31/12/2024` rather than `2024-12-31`. */
  readonly dayFirst?: boolean | undefined
}

const time = String.raw`(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}:?\d{2})?`
const isoShape = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${time}$`)
const dayFirstShape = new RegExp(String.raw`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})${time}$`)

const offsetMinutes = (offset: string): number => {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return offset.startsWith('-') ? -minutes : minutes
}

/**
 * When an answer was given. Of a day without a time, and of an hour the clock went through twice, the moment is taken
 * that permits less: of a yes the first, of a no the last. So a no of the same day is never overtaken by a yes.
 */
export function saidAt(text: string, yes: boolean, { zone, dayFirst = false }: DateHabits): SaidAt {
  const found = (dayFirst ? dayFirstShape : isoShape).exec(text.trim())
  if (found === null) throw new Quarantined('date_malformed')
  const [, one, two, three, hour, minute, second, fraction, offset] = found
  const [years, months, days] = (dayFirst ? [three, two, one] : [one, two, three]).map(Number)
  const parts = {
    year: years ?? 0,
    month: months ?? 0,
    day: days ?? 0,
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  }
  let local: Temporal.PlainDateTime
  try {
    local = Temporal.PlainDateTime.from(parts, { overflow: 'reject' })
  } catch {
    throw new Quarantined('date_malformed')
  }
  const exact = hour !== undefined
  if (offset !== undefined && exact) {
    const asUtc = local.toZonedDateTime('UTC').epochMilliseconds
    return { instant: asUtc - offsetMinutes(offset) * 60_000, exact }
  }
  if (zone === undefined) throw new Quarantined('date_without_zone')
  const disambiguation = yes ? 'earlier' : 'later'
  if (exact || yes)
    return { instant: local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds, exact }
  const nextDay = local.add({ days: 1 }).toZonedDateTime(zone, { disambiguation })
  return { instant: nextDay.epochMilliseconds - 1, exact }
}
