import { z } from 'zod'
import { RequestView } from '../../../views/privacy-centre/request.tsx'
import type { RequestLineModel } from '../../../views/privacy-centre/requests.tsx'
import { RequestsView } from '../../../views/privacy-centre/requests.tsx'
import type { RequestStateWord } from '../../../views/request-words.ts'
import {
  dayAt,
  type PrivacyRequest,
  type ReadRequest,
  requestOf,
  requestsOf,
  timeLeft,
  withdrawRequest,
} from '../../features/privacy-requests/index.ts'
import { notFound, PlacetError } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { noonOf } from '../request-day.ts'
import { evidenceOf, type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'
import { newRequestPath, requestPath, requestsPath } from './request-paths.ts'

type OfOne = GuardedRequest<{ requestId: string }, unknown, unknown>

const params = z.object({ requestId: z.string().max(40) })

const stateOf = ({ state, ended }: Pick<ReadRequest, 'state' | 'ended'>): RequestStateWord =>
  ended?.by === 'not-mine' ? 'not-mine' : state

const lineOf = ({
  id,
  right,
  reference,
  receivedAt,
  due,
  ...request
}: PrivacyRequest & Pick<ReadRequest, 'ended'>): RequestLineModel => ({
  id,
  href: requestPath(id),
  right,
  reference,
  state: stateOf(request),
  receivedAt,
  due: noonOf(due),
})

/** The person's own; anything else is answered like one that does not exist. */
async function ownRequest(deps: PrivacyCentreDeps, request: OfOne): Promise<ReadRequest> {
  const requestId = parseId<'privacy-request'>(request.params.requestId)
  const found = requestId && (await requestOf(deps.privacyRequests, subjectOf(request), requestId))
  if (found === undefined) throw notFound('request-unknown', 'There is no such request.')
  return found
}

function showRequest(
  deps: PrivacyCentreDeps,
  request: OfOne,
  found: ReadRequest,
  extras: PageExtras = {},
): Answer {
  const { id, words, openedBy, channel, ended, state, due } = found
  const { clock, timeZone } = deps.privacyRequests
  const open = state === 'open'
  return deps.renderer.show(
    request,
    RequestView,
    {
      ...lineOf(found),
      words,
      openedBy,
      channel,
      endedAt: ended?.at,
      late: open && timeLeft(due, dayAt(clock.now(), timeZone)).urgency === 'overdue',
      backHref: requestsPath,
      takeBackAction: open ? `${requestPath(id)}/take-back` : undefined,
    },
    extras,
  )
}

/** What the person asked for: all of it, one of it, and taking it back. */
export const requestsRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.requests',
    method: 'GET',
    path: requestsPath,
    caller: { who: 'subject' },
    answers: [200],
    handle: async (request) => {
      const requests = await requestsOf(deps.privacyRequests, subjectOf(request))
      return deps.renderer.show(request, RequestsView, {
        requests: requests.map(lineOf),
        newHref: newRequestPath,
      })
    },
  }),
  defineRoute({
    name: 'privacy-centre.request',
    method: 'GET',
    path: `${requestsPath}/:requestId`,
    caller: { who: 'subject' },
    params,
    query: z.object({ done: z.enum(['opened', 'withdrawn']).optional().catch(undefined) }),
    answers: [200],
    handle: async (request) => {
      const { done } = request.query
      return showRequest(
        deps,
        request,
        await ownRequest(deps, request),
        done === undefined ? {} : { notice: { kind: 'success', key: `flash.request-${done}` } },
      )
    },
  }),
  defineRoute({
    name: 'privacy-centre.request.take-back',
    method: 'POST',
    path: `${requestsPath}/:requestId/take-back`,
    caller: { who: 'subject' },
    params,
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303, 422],
    handle: async (request) => {
      const found = await ownRequest(deps, request)
      try {
        await withdrawRequest(deps.privacyRequests, {
          subjectId: subjectOf(request),
          requestId: found.id,
          actor: request.actor,
          evidence: evidenceOf(request, deps.renderer.languageOf(request)),
        })
      } catch (error) {
        if (!(error instanceof PlacetError) || error.code !== 'request-not-open') throw error
        const now = await ownRequest(deps, request)
        return showRequest(deps, request, now, { formError: { code: error.code } })
      }
      return seeOther(`${requestPath(found.id)}?done=withdrawn`)
    },
  }),
]
