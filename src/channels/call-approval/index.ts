/**
 * Call approval: where a customer answers somebody who asks for their yes on the telephone (CIBA). A message leads here; the
 * customer signs in with their own passkey, sees who asks and what for, compares the words with those the agent says, and
 * answers. Nobody who works here has a session that opens these pages.
 */
import { z } from 'zod'
import { CallOutcomeView } from '../../../views/call-approval/outcome.tsx'
import { CallRequestView } from '../../../views/call-approval/request.tsx'
import { PlacetError, unauthenticated } from '../../kernel/errors.ts'
import type { CallApprovals, CallRequest, CallVisitor, CurrentSession, NoCall } from '../../oidc/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Exchange, GuardedRequest, Route } from '../../platform/web/route.ts'
import type { Channel } from '../channel.ts'
import type { PageRenderer } from '../page-renderer.ts'
import { callApprovalContract } from './contract.ts'

export interface CallApprovalDeps {
  readonly renderer: PageRenderer
  readonly approvals: CallApprovals
  readonly currentSession: (exchange: Exchange) => Promise<CurrentSession | undefined>
  /** What people call a touchpoint. */
  readonly placeName: (touchpointId: string) => string | undefined
}

const path = '/call-approval/:link'
const params = z.object({ link: z.string().max(64) })
const pageOf = (link: string) => `/call-approval/${encodeURIComponent(link)}`

/** The session of a customer, with its own proof and time. Staff have none here (R56). */
async function visitorOf(deps: CallApprovalDeps, request: GuardedRequest): Promise<CallVisitor> {
  const session = await deps.currentSession(request.exchange)
  const { actor } = request
  if (session === undefined || actor.kind !== 'subject' || actor.subjectId !== session.subjectId) {
    throw unauthenticated('sign-in-needed', 'Sign in to see this page.')
  }
  return { ...session, evidence: { ...request.evidence, language: deps.renderer.languageOf(request) } }
}

function show(
  deps: CallApprovalDeps,
  request: GuardedRequest<{ link: string }>,
  found: CallRequest | NoCall,
): Answer {
  const here = { ...request, url: pageOf(request.params.link) }
  if (found === 'no-such-request') {
    return deps.renderer.show(here, CallOutcomeView, { kind: 'not-found' }, { status: 404 })
  }
  const { state, touchpointId, ...call } = found
  const action = pageOf(request.params.link)
  const { agentReference } = call
  if (state !== 'pending') {
    return deps.renderer.show(here, CallOutcomeView, { kind: state, agentReference, action })
  }
  const place = touchpointId === undefined ? undefined : deps.placeName(touchpointId)
  return deps.renderer.show(here, CallRequestView, { ...call, place, action })
}

/** A form that arrives without a button, as when Enter is pressed in a browser that sends none, is a no. */
const answerShape = z.strictObject({ decision: z.string().max(20).optional() })

const callApprovalRoutes = (deps: CallApprovalDeps): readonly Route[] => [
  defineRoute({
    name: 'call-approval.open',
    method: 'GET',
    path,
    caller: { who: 'subject', assurance: 'passkey', maxAgeSeconds: 300 },
    params,
    answers: [200, 404],
    handle: async (request) =>
      show(deps, request, await deps.approvals.open(request.params.link, await visitorOf(deps, request))),
  }),
  defineRoute({
    name: 'call-approval.answer',
    method: 'POST',
    path,
    caller: { who: 'subject' },
    params,
    body: { type: 'form', schema: answerShape },
    answers: [200, 303, 404],
    handle: async (request) => {
      const { approvals } = deps
      const { decision } = request.body
      const { link } = request.params
      const who = await visitorOf(deps, request)
      try {
        if (decision === 'approve') return show(deps, request, await approvals.approve(link, who))
        if (decision === 'report') return show(deps, request, await approvals.report(link, who))
        return show(deps, request, await approvals.decline(link, who))
      } catch (error) {
        // A form cannot be interrupted by a sign-in; the page it came from can, and asks for one.
        if (error instanceof PlacetError && error.code === 'sign-in-too-old') return seeOther(pageOf(link))
        throw error
      }
    },
  }),
]

export const callApprovalChannel = (deps: CallApprovalDeps): Channel => ({
  id: 'call-centre',
  name: 'call-approval',
  contract: callApprovalContract,
  routes: callApprovalRoutes(deps),
})
