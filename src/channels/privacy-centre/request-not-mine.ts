import { z } from 'zod'
import { RequestDisownedView, RequestNotMineView } from '../../../views/privacy-centre/request-not-mine.tsx'
import { disownRequest, openNotMineLink } from '../../features/privacy-requests/index.ts'
import { gone } from '../../kernel/errors.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PrivacyCentreDeps } from './privacy-deps.ts'
import { notMinePath } from './request-paths.ts'

const params = z.strictObject({ token: z.string().max(4096) })

const linkOf = ({ sealedTokens, clock }: PrivacyCentreDeps, token: string) => {
  const link = openNotMineLink(sealedTokens, token, clock.now())
  if (link === undefined) throw gone('link-expired', 'This link is no longer valid.')
  return link
}

/**
 * "I did not ask for this", from the message about a request that somebody else opened. Nobody signs in here, for whoever was
 * impersonated may have no way in; opening the page does nothing, since mail scanners open pages.
 */
export const requestNotMineRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.request-not-mine',
    method: 'GET',
    path: notMinePath(':token'),
    caller: { who: 'anyone' },
    params,
    answers: [200],
    handle: async (request) => {
      const { subjectId, requestId } = linkOf(deps, request.params.token)
      // The person's own words stay closed: whoever holds the link need not be them.
      const found = await deps.privacyRequests.requests.find(subjectId, requestId)
      if (found === undefined) throw gone('link-expired', 'This link is no longer valid.')
      const { right, reference, receivedAt } = found
      return deps.renderer.show(request, RequestNotMineView, { right, reference, receivedAt })
    },
  }),
  defineRoute({
    name: 'privacy-centre.request-not-mine.answer',
    method: 'POST',
    path: notMinePath(':token'),
    caller: { who: 'anyone' },
    authority: 'address',
    params,
    answers: [200],
    handle: async (request) => {
      const link = linkOf(deps, request.params.token)
      await deps.limiter.consume(request.params.token, 'consent-link')
      const language = deps.renderer.languageOf(request)
      await disownRequest(deps.privacyRequests, {
        link,
        evidence: { ...request.evidence, surface: 'request-not-mine', language },
      })
      return deps.renderer.show(request, RequestDisownedView, undefined)
    },
  }),
]
