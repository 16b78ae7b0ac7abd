import { z } from 'zod'
import { PhoneCodeView } from '../../../views/kiosk/phone-code.tsx'
import { PhoneConfirmView } from '../../../views/kiosk/phone-confirm.tsx'
import { PhoneDoneView } from '../../../views/kiosk/phone-done.tsx'
import { PhoneOutcomeView } from '../../../views/kiosk/phone-outcome.tsx'
import { PlacetError, unauthenticated } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type {
  CountryOf,
  CurrentSession,
  DeviceFlow,
  DeviceFlows,
  NoFlow,
  PhoneVisitor,
} from '../../oidc/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Exchange, GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageRenderer } from '../page-renderer.ts'

export interface PhoneDeps {
  readonly renderer: PageRenderer
  readonly flows: DeviceFlows
  readonly currentSession: (exchange: Exchange) => Promise<CurrentSession | undefined>
  /** Left out where the house has no source of countries; then none is compared. */
  readonly countryOf?: CountryOf
}

/** Short, because people type it from a screen. */
const phonePath = '/device'
const freshSeconds = 300

const userCode = z.string().max(40)

/** Where a code's page is. A code that cannot be one is carried along as it is and answered there. */
const pageOf = (code: string) => `${phonePath}?${new URLSearchParams({ user_code: code })}`

/** Who holds the phone: the session of a customer, with its own proof and time. Staff have none here (R56). */
async function visitorOf(deps: PhoneDeps, request: GuardedRequest): Promise<PhoneVisitor> {
  const session = await deps.currentSession(request.exchange)
  const { actor } = request
  if (session === undefined || actor.kind !== 'subject' || actor.subjectId !== session.subjectId) {
    throw unauthenticated('sign-in-needed', 'Sign in to see this page.')
  }
  const evidence: Evidence = { ...request.evidence, language: deps.renderer.languageOf(request) }
  const { callerKey, network } = request
  return { ...session, callerKey, network, evidence, country: deps.countryOf?.(request.exchange.req) }
}

/** The page on which a code is typed, with what was wrong about the last one. */
const askForCode = (deps: PhoneDeps, request: GuardedRequest, typed = '', wrong?: NoFlow): Answer =>
  deps.renderer.show(
    // The address of a code that leads nowhere is left behind.
    { ...request, url: phonePath },
    PhoneCodeView,
    { typed },
    wrong === 'too-many'
      ? { formError: { code: 'too-many' }, status: 429 }
      : wrong === undefined
        ? {}
        : { fieldErrors: [{ field: 'user_code', code: 'user-code-unknown' }] },
  )

function showFlow(deps: PhoneDeps, request: GuardedRequest, flow: DeviceFlow, missing = false): Answer {
  const { place, clientName, offered, scopes, startedAt } = flow
  const here = { ...request, url: pageOf(flow.userCode) }
  if (flow.state === 'approved') {
    return deps.renderer.show(here, PhoneDoneView, { userCode: flow.userCode, place })
  }
  return deps.renderer.show(
    here,
    PhoneConfirmView,
    { userCode: flow.userCode, place, clientName, offered, scopes, startedAt },
    missing ? { fieldErrors: [{ field: 'number', code: 'number-required' }] } : {},
  )
}

const passkeyPath = `${phonePath}/confirm-with-passkey`
const isNoFlow = (answer: unknown): answer is NoFlow => answer === 'no-such-code' || answer === 'too-many'

const outcome = (deps: PhoneDeps, request: GuardedRequest, kind: 'declined' | 'reported' | 'wrong-number') =>
  deps.renderer.show({ ...request, url: phonePath }, PhoneOutcomeView, { kind })

const passkeyFirst = (deps: PhoneDeps, request: GuardedRequest, code: string) =>
  deps.renderer.show({ ...request, url: pageOf(code) }, PhoneOutcomeView, {
    kind: 'passkey-needed',
    confirmHref: `${passkeyPath}?${new URLSearchParams({ user_code: code })}`,
  })

const answerShape = z.strictObject({
  user_code: userCode,
  number: z.string().max(4).optional(),
  decision: z.string().max(20).optional(),
})
type Given = z.infer<typeof answerShape>

/**
 * What was pressed. A form that arrives without a button, as when Enter is pressed in a field of a browser that sends none,
 * is a no (R43).
 */
async function decide(
  deps: PhoneDeps,
  request: GuardedRequest<unknown, unknown, Given>,
  who: PhoneVisitor,
): Promise<Answer> {
  const { user_code: code, decision, number } = request.body
  if (decision === 'report') {
    const answer = await deps.flows.report(code, who)
    return isNoFlow(answer) ? askForCode(deps, request, code, answer) : outcome(deps, request, answer)
  }
  if (decision !== 'approve') {
    const answer = await deps.flows.decline(code, who)
    return isNoFlow(answer) ? askForCode(deps, request, code, answer) : outcome(deps, request, answer)
  }
  if (number === undefined || !/^\d{2}$/.test(number)) {
    // Nothing was chosen, which is no wrong choice.
    const flow = await deps.flows.open(code, who)
    if (isNoFlow(flow)) return askForCode(deps, request, code, flow)
    return flow === 'passkey-needed'
      ? passkeyFirst(deps, request, code)
      : showFlow(deps, request, flow, flow.state === 'claimed')
  }
  const answer = await deps.flows.approve(code, Number(number), who)
  if (isNoFlow(answer)) return askForCode(deps, request, code, answer)
  if (answer === 'wrong-number') return outcome(deps, request, answer)
  return answer === 'passkey-needed' ? passkeyFirst(deps, request, code) : seeOther(pageOf(code))
}

/**
 * The customer's own phone, where they say whether they stand at that kiosk (RFC 8628 3.3, RFC 10027). The address in the QR
 * code leads here and approves nothing (R41); who opens it signs in as anywhere else, and freshly (R44).
 */
export const phoneRoutes = (deps: PhoneDeps): readonly Route[] => [
  defineRoute({
    name: 'device.open',
    method: 'GET',
    path: phonePath,
    caller: { who: 'subject', maxAgeSeconds: freshSeconds },
    query: z.object({ user_code: userCode.optional() }),
    answers: [200, 422, 429],
    handle: async (request) => {
      const { user_code: code } = request.query
      if (code === undefined || code === '') return askForCode(deps, request)
      const flow = await deps.flows.open(code, await visitorOf(deps, request))
      if (isNoFlow(flow)) return askForCode(deps, request, code, flow)
      return flow === 'passkey-needed' ? passkeyFirst(deps, request, code) : showFlow(deps, request, flow)
    },
  }),
  defineRoute({
    name: 'device.enter',
    method: 'POST',
    path: phonePath,
    caller: { who: 'subject' },
    body: { type: 'form', schema: z.strictObject({ user_code: userCode }) },
    answers: [303],
    // To the address the QR code leads to, so that both ways are one.
    handle: async (request) => seeOther(pageOf(request.body.user_code)),
  }),
  defineRoute({
    name: 'device.answer',
    method: 'POST',
    path: `${phonePath}/answer`,
    caller: { who: 'subject' },
    body: { type: 'form', schema: answerShape },
    answers: [200, 303, 422, 429],
    handle: async (request) => {
      try {
        return await decide(deps, request, await visitorOf(deps, request))
      } catch (error) {
        // A form cannot be interrupted by a sign-in; the page it came from can, and asks for one (R44).
        if (error instanceof PlacetError && error.code === 'sign-in-too-old') {
          return seeOther(pageOf(request.body.user_code))
        }
        throw error
      }
    },
  }),
  defineRoute({
    name: 'device.confirm-with-passkey',
    method: 'GET',
    path: passkeyPath,
    caller: { who: 'subject', assurance: 'passkey', maxAgeSeconds: freshSeconds },
    query: z.object({ user_code: userCode }),
    answers: [303],
    handle: async (request) => seeOther(pageOf(request.query.user_code)),
  }),
]
