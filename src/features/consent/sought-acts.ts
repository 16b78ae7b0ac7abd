import type { ContactChannel } from '../../kernel/evidence.ts'
import type { ConsentEventId, ReceiptId } from '../../kernel/ids.ts'
import type { EmailAddress } from '../identity/index.ts'
import type { StoredEvent } from './consent-records.ts'
import { bearsOn } from './what-stood.ts'

/** What is to be proven: what one receipt tells, or what somebody had said about a purpose on a day. */
export type ProofQuestion =
  | {
      readonly by: 'receipt'
      readonly receiptId: ReceiptId
      /** This act of it alone. */
      readonly only?: ConsentEventId
    }
  | {
      readonly by: 'person'
      readonly email: EmailAddress
      readonly purpose: string
      readonly contactChannel: ContactChannel | undefined
      /** `2026-03-03`. */
      readonly day: string
    }

export interface SoughtActs {
  /** All that bears on the question, newest first. */
  readonly found: readonly StoredEvent[]
  /** What of it is proven. */
  readonly toProve: readonly StoredEvent[]
  /** Nothing was said on that day itself: the acts are of the days before. */
  readonly stoodBefore: boolean
}

/** The day as it was where the controller sits. */
const dayIn = (timeZone: string): ((at: number) => string) => {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => format.format(at)
}

const askings: ReadonlySet<string> = new Set(['notice_shown', 'requested', 'deferred'])

/**
 * Newest first, without what the person said again later in the very same way: same words, same use, same hands. The later
 * act says all that the earlier one does, so it alone is needed to show what was decided; whatever differs in anything but
 * its moment stays, since it may be what decided.
 */
function lastOfEach(events: readonly StoredEvent[]): readonly StoredEvent[] {
  const confirmed = new Set(events.flatMap(({ event }) => event.confirms ?? []))
  const said = ({ event }: StoredEvent): string => {
    const { id, occurredAt: _at, recordedAt: _in, capture: _by, confirmedAt, confirms, ...rest } = event
    const isConfirmed = confirmedAt !== undefined || confirmed.has(id)
    return JSON.stringify([isConfirmed, confirms !== undefined, ...Object.entries(rest).sort(byName)])
  }
  const seen = new Set<string>()
  return events.filter((stored) => {
    const same = said(stored)
    if (seen.has(same)) return false
    seen.add(same)
    return true
  })
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** Out of a history, newest first: all of the day, and of the days before it what was said for or against. */
export function soughtActs(
  events: readonly StoredEvent[],
  question: ProofQuestion,
  timeZone: string,
): SoughtActs {
  if (question.by === 'receipt') {
    const { receiptId, only } = question
    const found = events.filter(
      (stored) => stored.receiptId === receiptId && (only === undefined || stored.event.id === only),
    )
    return { found, toProve: found, stoodBefore: false }
  }
  const dayOf = dayIn(timeZone)
  const bearing = events.filter(({ event }) => bearsOn(event, question))
  const onDay = bearing.filter(({ event }) => dayOf(event.occurredAt) === question.day)
  const before = bearing.filter(
    ({ event }) => !askings.has(event.type) && dayOf(event.occurredAt) < question.day,
  )
  const among = new Set([...onDay, ...before])
  const proven = new Set([...onDay, ...lastOfEach(before)])
  return {
    found: bearing.filter((stored) => among.has(stored)),
    toProve: bearing.filter((stored) => proven.has(stored)),
    stoodBefore: before.length > 0 && onDay.length === 0,
  }
}
