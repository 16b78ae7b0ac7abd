import type { RequestParts } from './request-parts.ts'
import type { InboxPlace, StoredRequest } from './request-store.ts'
import { dayAt, daysAfter, soonDays, type TimeLeft, timeLeft } from './time-left.ts'

export type Urgency = TimeLeft['urgency']

export interface Inbox {
  readonly requests: readonly (StoredRequest & { readonly left: TimeLeft })[]
  /** Of each at most `mostCounted`, which then stands for that many and more. */
  readonly counts: Readonly<Record<Urgency, number>>
  /** Where the next page begins; undefined on the last one. */
  readonly next: InboxPlace | undefined
}

export const mostCounted = 1_000

/** Many enough to see the day's work, few enough that names and addresses are opened at once. */
const pageSize = 50

/** What is still to be answered, whoever's it is, by the time that is left. */
export async function openRequests(
  { requests, clock, timeZone }: Pick<RequestParts, 'requests' | 'clock' | 'timeZone'>,
  asked: { readonly urgency?: Urgency | undefined; readonly after?: InboxPlace | undefined } = {},
): Promise<Inbox> {
  const { urgency, after } = asked
  const today = dayAt(clock.now(), timeZone)
  const later = daysAfter(today, soonDays + 1)
  const spans: Readonly<Record<Urgency, { readonly from?: string; readonly until?: string }>> = {
    overdue: { until: today },
    soon: { from: today, until: later },
    'in-time': { from: later },
  }
  const span = urgency === undefined ? {} : spans[urgency]
  const [found, counts] = await Promise.all([
    requests.open({ ...span, ...(after === undefined ? {} : { after }), limit: pageSize + 1 }),
    requests.countOpen(today, later, mostCounted),
  ])
  const page = found.slice(0, pageSize)
  const last = found.length > pageSize ? page.at(-1) : undefined
  return {
    requests: page.map((request) => ({ ...request, left: timeLeft(request.due, today) })),
    counts,
    next: last && { due: last.due, id: last.id },
  }
}
