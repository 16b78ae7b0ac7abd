import type { CallBanner, CallHead } from '../../../views/agent-console/call-frame.tsx'
import { GoneCallView } from '../../../views/agent-console/gone.tsx'
import {
  agentReference,
  type CallId,
  type CallView,
  type OnCall,
  readCall,
} from '../../features/calls/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { parseId } from '../../kernel/ids.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import type { GuardedRequest } from '../../platform/web/route.ts'
import type { PageRequest } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { deskPath, hrefOf } from './paths.ts'

export type CallRequest = GuardedRequest<{ readonly call: string }, unknown, unknown>

/** A call as its page was asked for, with what every act in it says. */
export interface AtCall extends CallView {
  readonly request: CallRequest
  readonly onCall: OnCall
  readonly head: CallHead
}

const bannersOf = ({ caller }: CallView): readonly CallBanner[] =>
  caller === undefined
    ? []
    : (['locked', 'minor', 'restricted'] as const).filter((one) => caller.standing[one])

const headOf = (view: CallView): CallHead => {
  const { id, reference, language, assurance, agentId, openedAt } = view.call
  return {
    href: hrefOf(id),
    reference,
    language,
    assurance,
    agentReference: agentReference(agentId),
    openedAt,
    banners: bannersOf(view),
  }
}

const gone = (deps: AgentConsoleDeps, request: PageRequest, because: 'not-here' | 'over' | 'too-late') =>
  deps.renderer.show(
    { ...request, url: deskPath },
    GoneCallView,
    { because },
    { status: because === 'not-here' ? 404 : 410 },
  )

/** What a step could not do because the call moved on meanwhile: the call's own page says how it stands. */
const movedOn = new Set([
  'caller-not-chosen',
  'caller-not-active',
  'caller-blocked',
  'caller-not-verified',
  'checks-stopped',
  'own-device-unavailable',
  'contact-point-unknown',
  'contact-point-takes-no-code',
  'call-back-not-planned',
])

/**
 * One step in a call of the agent's own. Somebody else's, one that is over and one that never was each end on a page that says
 * so; whatever else went wrong in the step, the call's own page knows.
 */
export async function inCall(
  deps: AgentConsoleDeps,
  request: CallRequest,
  step: (at: AtCall) => Promise<Answer>,
): Promise<Answer> {
  const callId: CallId | undefined = parseId<'call'>(request.params.call)
  if (callId === undefined) return gone(deps, request, 'not-here')
  const { actor, evidence } = request
  const onCall = { callId, actor, evidence }
  try {
    const view = await readCall(deps.calls, onCall)
    return await step({ ...view, request, onCall, head: headOf(view) })
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error
    if (error.code === 'call-unknown') return gone(deps, request, 'not-here')
    if (error.code === 'call-ended') return gone(deps, request, 'over')
    if (error.code === 'resume-too-late') return gone(deps, request, 'too-late')
    if (error.code === 'call-dropped') return seeOther(deskPath)
    // A page that is read, not a form, would be sent in a circle.
    if (movedOn.has(error.code) && request.path !== hrefOf(callId)) return seeOther(hrefOf(callId))
    throw error
  }
}

/** A step that needs a line: one that was cut off is taken up on the desk first. */
export const onTheLine = (
  deps: AgentConsoleDeps,
  request: CallRequest,
  step: (at: AtCall) => Promise<Answer>,
): Promise<Answer> =>
  inCall(deps, request, async (at) => (at.call.state === 'dropped' ? seeOther(deskPath) : step(at)))

/** Pages that answer a form are shown under an address that can be opened again. */
export const under = (at: AtCall, page = ''): CallRequest => ({
  ...at.request,
  url: `${at.head.href}${page}`,
})

export const isVerified = ({ call }: Pick<AtCall, 'call'>): boolean =>
  call.assurance !== 'none' && call.assurance !== 'number-match'

/** After how many failed checks there are no more. */
const mostFailed = 2

/** Nobody can be verified any more, and there is nothing left but to say goodbye. */
export const isStopped = (at: Pick<AtCall, 'call'>): boolean =>
  !isVerified(at) && at.call.failedChecks >= mostFailed
