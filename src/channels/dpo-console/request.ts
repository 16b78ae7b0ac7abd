import { z } from 'zod'
import {
  type InboxRequestModel,
  InboxRequestView,
  type RequestActivity,
} from '../../../views/staff/request.tsx'
import {
  dayAt,
  deadline,
  maskedPeople,
  type ReadRequest,
  readRequest,
  timeLeft,
} from '../../features/privacy-requests/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { noonOf } from '../request-day.ts'
import { peoplePath } from './person-visit.ts'
import { type RequestsDeps, requestsPath } from './requests-deps.ts'

/** What happened to it, newest first; of one instant, what follows from the other stands above it. */
function activityOf({ receivedAt, openedAt, acknowledged, ended }: ReadRequest) {
  const happened: { readonly kind: RequestActivity; readonly at: Date }[] = [
    { kind: 'received', at: receivedAt },
    { kind: 'opened', at: openedAt },
    ...(acknowledged === undefined ? [] : [{ kind: acknowledged.by, at: acknowledged.at }]),
    ...(ended === undefined ? [] : [{ kind: ended.by, at: ended.at }]),
  ]
  return happened.reverse().sort((one, other) => other.at.getTime() - one.at.getTime())
}

async function modelOf({ parts, placeName }: RequestsDeps, request: ReadRequest): Promise<InboxRequestModel> {
  const { subjectId, reference, right, state, due, receivedAt, ended, touchpoint } = request
  const { clock, timeZone, calendar } = parts
  return {
    reference,
    right,
    state: ended?.by === 'not-mine' ? 'not-mine' : state,
    left: state === 'open' ? { due: noonOf(due), ...timeLeft(due, dayAt(clock.now(), timeZone)) } : undefined,
    dueIfExtended: noonOf(deadline(dayAt(receivedAt, timeZone), calendar).dueIfExtended),
    receivedAt,
    person: (await maskedPeople(parts, new Set([subjectId]))).get(subjectId),
    personHref: `${peoplePath}?person=${subjectId}`,
    channel: request.channel,
    openedBy: request.openedBy,
    who: request.actor,
    touchpoint: touchpoint === undefined ? undefined : (placeName(touchpoint) ?? touchpoint),
    call: request.call,
    identity: request.identity,
    words: request.words,
    activity: activityOf(request),
    backHref: requestsPath,
  }
}

/** One request to read; that it was read stands in the person's trail. */
export const requestRoutes = (deps: RequestsDeps): readonly Route[] => [
  defineRoute({
    name: 'dpo.request',
    method: 'GET',
    path: `${requestsPath}/:person/:requestId`,
    caller: { who: 'staff', power: 'request.answer' },
    params: z.object({ person: z.string().max(40), requestId: z.string().max(40) }),
    answers: [200],
    handle: async (request) => {
      const subjectId = parseId<'subject'>(request.params.person)
      const requestId = parseId<'privacy-request'>(request.params.requestId)
      if (subjectId === undefined || requestId === undefined) {
        throw notFound('request-unknown', 'There is no such request.')
      }
      const { actor, evidence } = request
      const found = await readRequest(deps.parts, { subjectId, requestId, actor, evidence })
      return deps.renderer.show(request, InboxRequestView, await modelOf(deps, found))
    },
  }),
]
