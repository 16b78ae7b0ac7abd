import type { z } from 'zod'
import type { View } from '../../../views/page.tsx'
import type { SignInShortcut } from '../../../views/sign-in/identify.tsx'
import { meets } from '../../kernel/actor.ts'
import { gone, PlacetError } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
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
  /** Whether the account has a passkey; looked up once. */
  hasPasskey(subjectId: SubjectId): Promise<boolean>
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
        const { flow } = visit
        const now = await circumstances(visit, flow)
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
      const now = await circumstances(visit, visit.flow)
      return goTo(visit, cookies, nextStep(visit.flow, now))
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
  const hasPasskey = once((subjectId: SubjectId) => deps.reads.passkeys.list(subjectId).then(some))
  // All that is asked of the database about the visit itself is asked at once: it costs one round trip.
  const [open] = await Promise.all([
    deps.interactions.open(request.exchange),
    mayBeOffered(flow.proof) ? hasPasskey(flow.proof.subjectId) : undefined,
    counting.catch(() => {}),
  ])
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
    hasPasskey,
    shortcuts: deps.shortcuts?.(open.uid) ?? [],
    path: (page) => interactionPath(open.uid, page),
    show: (view, model, { at, ...extras } = {}) => {
      const url = at === undefined ? request.url : interactionPath(open.uid, at)
      const shown = { ...request, url }
      return deps.renderer.show(shown, view, model, { clientName: open.clientName, uiLocales, ...extras })
    },
    advance: async (changed, more = []) => {
      const now = await circumstances(visit, changed)
      const step = nextStep(changed, now)
      if (step === 'finish') return finish(deps, visit, cookies, changed, more)
      return seeOther(visit.path(step), [cookies.keep(changed), ...more])
    },
  }
  return visit
}

/** Whoever proved themselves with a passkey has one. */
const mayBeOffered = (proof: Proof | undefined): proof is Proof =>
  proof !== undefined && proof.assurance !== 'passkey'

const some = (found: readonly unknown[]): boolean => found.length > 0

const once = <Key, Value>(find: (key: Key) => Promise<Value>): ((key: Key) => Promise<Value>) => {
  const found = new Map<Key, Promise<Value>>()
  return (key) => {
    const value = found.get(key) ?? find(key)
    found.set(key, value)
    return value
  }
}

async function circumstances({ request, open, hasPasskey }: Visit, flow: Flow): Promise<Circumstances> {
  const { prompt, acrNeeded } = open
  const base = { prompt, ...(acrNeeded === undefined ? {} : { acrNeeded }) }
  const { proof } = flow
  if (!mayBeOffered(proof)) return { ...base, offerPasskey: false }
  const tooLittle = acrNeeded !== undefined && !meets(proof.assurance, acrNeeded)
  const wanted = tooLittle || request.cookie(laterCookie) === undefined
  // Whoever has one already uses it, or came by a weaker way, which may not add another (R76).
  return { ...base, offerPasskey: wanted && !(await hasPasskey(proof.subjectId)) }
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
