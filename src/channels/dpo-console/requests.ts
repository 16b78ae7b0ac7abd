import { z } from 'zod'
import { type InboxModel, InboxView, type UrgencyWord, urgencyWords } from '../../../views/staff/requests.tsx'
import {
  type InboxPlace,
  maskedPeople,
  mostCounted,
  openRequests,
} from '../../features/privacy-requests/index.ts'
import { parseId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { noonOf } from '../request-day.ts'
import { type RequestsDeps, requestsPath } from './requests-deps.ts'

const hrefOf = (urgency: UrgencyWord | undefined, after?: InboxPlace): string => {
  const query = new URLSearchParams({
    ...(urgency === undefined ? {} : { left: urgency }),
    ...(after === undefined ? {} : { after: `${after.due}.${after.id}` }),
  }).toString()
  return query === '' ? requestsPath : `${requestsPath}?${query}`
}

/** Where a page begins; an address that says nothing sensible begins at the beginning. */
function placeOf(text: string): InboxPlace | undefined {
  const [due = '', id] = text.split('.')
  const requestId = parseId<'privacy-request'>(id)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(due) && !Number.isNaN(noonOf(due).getTime())
  return requestId === undefined || !isDay ? undefined : { due, id: requestId }
}

async function inboxOf(
  { parts }: RequestsDeps,
  urgency: UrgencyWord | undefined,
  after: InboxPlace | undefined,
): Promise<InboxModel> {
  const { requests, counts, next } = await openRequests(parts, { urgency, after })
  const filter = (one: UrgencyWord | 'all', of: readonly UrgencyWord[]) => {
    const asked = one === 'all' ? undefined : one
    const count = of.reduce((sum, each) => sum + counts[each], 0)
    const more = of.some((each) => counts[each] >= mostCounted)
    return { urgency: one, count, more, href: hrefOf(asked), current: asked === urgency }
  }
  const people = await maskedPeople(parts, new Set(requests.map(({ subjectId }) => subjectId)))
  return {
    filters: [filter('all', urgencyWords), ...urgencyWords.map((one) => filter(one, [one]))],
    requests: requests.map(({ id, subjectId, reference, right, channel, identity, due, left }) => ({
      id,
      href: `${requestsPath}/${subjectId}/${id}`,
      reference,
      right,
      person: people.get(subjectId),
      channel,
      identity,
      due: noonOf(due),
      ...left,
    })),
    nextHref: next && hrefOf(urgency, next),
  }
}

/** What is still to be answered, first what is due first. */
export const requestsRoutes = (deps: RequestsDeps): readonly Route[] => [
  defineRoute({
    name: 'dpo.requests',
    method: 'GET',
    path: requestsPath,
    caller: { who: 'staff', power: 'request.answer' },
    query: z.object({
      left: z.enum(urgencyWords).optional().catch(undefined),
      after: z.string().max(60).default('').catch(''),
    }),
    answers: [200],
    handle: async (request) => {
      const { left, after } = request.query
      return deps.renderer.show(request, InboxView, await inboxOf(deps, left, placeOf(after)))
    },
  }),
]
