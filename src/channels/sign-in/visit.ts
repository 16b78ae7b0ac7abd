import type { z } from 'zod'
import type { View } from '../../../views/page.tsx'
import type { SignInShortcut } from '../../../views/sign-in/identify.tsx'
import { meets } from '../../kernel/actor.ts'
import { gone, PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { LimitName } from '../../platform/limits/index.ts'
import { type Answer, type Cookie, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Method, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { OpenInteraction } from './engine.ts'
import { type Flow, hasBegun, type Proof } from './flow.ts'
import { type FlowCookies, flowCookies } from './flow-cookie.ts'
import { type Circumstances, isOpen, nextStep, type Step } from './journey.ts'
import { type KnownBrowsers, knownBrowsers } from './known-browsers.ts'
import { laterCookie } from './passkey-offer.ts'
import { interactionBase, interactionParams, interactionPath } from './paths.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { tellOfSignIn } from './tell-of-sign-in.ts'

/** One request within an interaction: where it stands, and what a step may do with it. */
export interface Visit {
  readonly request: GuardedRequest
  readonly open: OpenInteraction
  readonly flow: Flow
  readonly evidence: Evidence
  readonly language: 'es' | 'en'
  readonly now: Date
  readonly known: KnownBrowsers
  /** What ceremonies of this visit are bound to. */
  readonly boundTo: string
  readonly shortcuts: readonly SignInShortcut[]
  /** Throws when the step's limit was passed; counting began when the request came in. */
  counted(): Promise<void>
  path(page: string): string
  /** `at`: the page whose forms and language links these are, where it is not the one that was asked for. */
  show<Model>(view: View<Model>, model: Model, extras?: PageExtras & { readonly at?: string }): Answer
  /** Keeps what is now known and goes to whatever step that makes due; ends the prompt when nothing is. */
  advance(flow: Flow, cookies?: readonly Cookie[]): Promise<Answer>
}

interface StepDeclaration<Body> {
  readonly step: Step
  readonly name: string
  readonly method: Method
  readonly page: string
  readonly body?: z.ZodType<Body>
  /** Tries are counted by the visitor's network, while the interaction is being looked up. */
  readonly limit?: LimitName
  readonly answers: readonly number[]
}

/**
 * Makes the route of a step. The step's handler runs only when the journey says that the step is open to this flow;
 * otherwise the person is taken to the one that is due. Pages leave out form-action, since the redirects after a form end
 * at the client.
 */
export function stepRoutes(deps: SignInDeps) {
  const cookies = flowCookies(deps)
  const known = knownBrowsers(deps)
  return <Body = undefined>(
    declaration: StepDeclaration<Body>,
    handle: (visit: Visit, body: Body) => Promise<Answer>,
  ): Route =>
    defineRoute<{ uid: string }, undefined, Body>({
      name: `sign-in.${declaration.name}`,
      method: declaration.method,
      path: declaration.page === '' ? interactionBase : `${interactionBase}/${declaration.page}`,
      caller: { who: 'anyone' },
      params: interactionParams,
      ...(declaration.body === undefined
        ? {}
        : { body: { type: 'form' as const, schema: declaration.body } }),
      answers: [...new Set([303, ...declaration.answers])],
      policy: 'redirects-to-clients',
      handle: async (request) => {
        const visit = await openVisit(deps, cookies, known, request, declaration.limit)
        const flow = await withOffer(deps, visit, visit.flow)
        const now = circumstances(visit, flow)
        if (isOpen(declaration.step, flow, now)) return handle(visit, request.body)
        return goTo(visit, cookies, nextStep(flow, now))
      },
    })
}

/** Where the engine sends the browser: on to the step that is due. */
export function startRoute(deps: SignInDeps): Route {
  const cookies = flowCookies(deps)
  const known = knownBrowsers(deps)
  return defineRoute({
    name: 'sign-in.start',
    method: 'GET',
    path: interactionBase,
    caller: { who: 'anyone' },
    params: interactionParams,
    answers: [303],
    policy: 'redirects-to-clients',
    handle: async (request) => {
      // Nearly everybody comes to sign in and has not begun: to the first page, which looks itself whether it is open,
      // and leads on whoever is to be asked something else.
      const { uid } = request.params
      if (!hasBegun(cookies.read(request, uid))) return seeOther(interactionPath(uid, 'identify'))
      const visit = await openVisit(deps, cookies, known, request)
      const flow = await withOffer(deps, visit, visit.flow)
      return goTo(visit, cookies, nextStep(flow, circumstances(visit, flow)))
    },
  })
}

/** A proof that ended no prompt when it was given is not kept for a mere link to use: the person proves it again. */
function goTo(visit: Visit, cookies: FlowCookies, step: Step): Answer {
  if (step === 'finish') return seeOther(visit.path('identify'), [cookies.clear(visit.open.uid)])
  return seeOther(visit.path(step))
}

async function openVisit(
  deps: SignInDeps,
  cookies: FlowCookies,
  known: KnownBrowsers,
  request: GuardedRequest<{ uid: string }, unknown, unknown>,
  limit?: LimitName,
): Promise<Visit> {
  const flow = cookies.read(request, request.params.uid)
  const counting = limit === undefined ? Promise.resolve() : deps.limiter.consume(request.network, limit)
  // Whoever is refused hears of it from the step that asks; one that never asks lets it pass.
  counting.catch(() => {})
  const open = await deps.interactions.open(request.exchange)
  if (open.uid !== request.params.uid) throw gone('interaction-expired', 'This page is not open any more.')
  const uiLocales = open.uiLocales.join(' ')
  const language = deps.renderer.languageOf(request, uiLocales)
  const evidence = { ...request.evidence, language, clientId: open.clientId }
  const visit: Visit = {
    request,
    open,
    flow,
    evidence,
    language,
    known,
    now: deps.clock.now(),
    boundTo: `${open.uid}|${flow.browser}`,
    counted: () => counting,
    shortcuts: deps.shortcuts?.(open.uid) ?? [],
    path: (page) => interactionPath(open.uid, page),
    show: (view, model, { at, ...extras } = {}) => {
      const url = at === undefined ? request.url : interactionPath(open.uid, at)
      const shown = { ...request, url }
      return deps.renderer.show(shown, view, model, { clientName: open.clientName, uiLocales, ...extras })
    },
    advance: async (changed, more = []) => {
      const flow = await withOffer(deps, visit, changed)
      const step = nextStep(flow, circumstances(visit, flow))
      if (step === 'finish') return finish(deps, visit, cookies, flow, more)
      return seeOther(visit.path(step), [cookies.keep(flow), ...more])
    },
  }
  return visit
}

/** Whoever proved themselves with a passkey has one; and "not now" is heard, unless the client wants more than was proven. */
function mayBeOffered({ open, request }: Visit, proof: Proof | undefined): proof is Proof {
  if (proof === undefined || proof.assurance === 'passkey') return false
  const enough = open.acrNeeded === undefined || meets(proof.assurance, open.acrNeeded)
  return !enough || request.cookie(laterCookie) === undefined
}

/** With what the offer of a passkey depends on: looked up once in a flow, and only where there may be one. */
async function withOffer(deps: SignInDeps, visit: Visit, flow: Flow): Promise<Flow> {
  const { proof, hasPasskey } = flow
  if (hasPasskey !== undefined || !mayBeOffered(visit, proof)) return flow
  return { ...flow, hasPasskey: (await deps.reads.passkeys.list(proof.subjectId)).length > 0 }
}

function circumstances(visit: Visit, { proof, hasPasskey }: Flow): Circumstances {
  const { prompt, acrNeeded } = visit.open
  // Whoever has one already uses it, or came by a weaker way, which may not add another (R76).
  const offerPasskey = mayBeOffered(visit, proof) && hasPasskey === false
  return { prompt, ...(acrNeeded === undefined ? {} : { acrNeeded }), offerPasskey }
}

/** Hands the proof to the engine. What the journey promised is looked at once more, because everything hangs on it. */
async function finish(
  deps: SignInDeps,
  visit: Visit,
  cookies: FlowCookies,
  flow: Flow,
  more: readonly Cookie[],
): Promise<Answer> {
  const { open, request } = visit
  const { proof } = flow
  if (proof === undefined || (open.acrNeeded !== undefined && !meets(proof.assurance, open.acrNeeded))) {
    throw gone('interaction-expired', 'This sign-in did not get far enough.')
  }
  const { subjectId, assurance } = proof
  const location = await deps.interactions.login(request.exchange, {
    subjectId,
    assurance,
    remember: true,
  })
  tellOfSignIn(deps, visit, flow, proof)
  return seeOther(location, [
    cookies.clear(open.uid),
    visit.known.remember(request, subjectId, flow.browser),
    ...more,
  ])
}

/** Shows the same page again with what is wrong; anything that is not for the person to mend is thrown on. */
export function mended(error: unknown, field?: string): PageExtras {
  if (!(error instanceof PlacetError)) throw error
  switch (error.failure) {
    case 'too-many': {
      const minutes = Math.max(1, Math.ceil((error.retryAfterSeconds ?? 60) / 60))
      return { status: 429, formError: { code: 'too-many-attempts', values: { minutes } } }
    }
    case 'invalid':
      if (error.issues.length > 0) return { fieldErrors: error.issues }
      return field === undefined
        ? { formError: { code: error.code } }
        : { fieldErrors: [{ field, code: error.code }] }
    case 'refused':
    case 'needs-step-up':
      return { formError: { code: error.code } }
    case 'unavailable':
      return { status: 503, formError: { code: 'unavailable' } }
    default:
      throw error
  }
}
