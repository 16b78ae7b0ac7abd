import { z } from 'zod'
import { type DeskModel, DeskView } from '../../../views/agent-console/desk.tsx'
import { LiveCallsView } from '../../../views/agent-console/live.tsx'
import {
  agentOf,
  type Call,
  callsOf,
  openCall,
  resumeMinutes,
  supervise,
} from '../../features/calls/index.ts'
import { parsePhoneNumber } from '../../features/identity/index.ts'
import { holdsPower, may } from '../../features/staff/index.ts'
import type { FieldIssue } from '../../kernel/errors.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { afterPause, typedBefore } from './kept-typing.ts'
import { agent, deskPath, hrefOf } from './paths.ts'

type Request = GuardedRequest<unknown, unknown, unknown>
type Typed = DeskModel['typed']

const languageIn = (text: string): 'es' | 'en' | '' => (text === 'es' || text === 'en' ? text : '')
const notices = {
  dropped: { kind: 'info', key: 'flash.calls.dropped' },
} as const

/** Where this agent may take calls. A house that keeps no register of its desks has one, which is the call centre. */
async function desksOf(deps: AgentConsoleDeps, { actor }: Request): Promise<DeskModel['desks']> {
  const assignments = actor.kind === 'staff' ? await deps.directory.assignments(actor.staffId) : undefined
  if (actor.kind !== 'staff' || assignments === undefined) return []
  const who = { assignments, assurance: actor.assurance }
  const tree = deps.touchpoints.tree()
  const places = deps.touchpoints
    .list()
    .filter(({ kind, state }) => state === 'open' && (kind === 'desk' || kind === 'store'))
  const desks = places.filter(({ kind }) => kind === 'desk')
  return (desks.length > 0 ? desks : places)
    .filter(({ id }) => may(who, 'caller.verify', id, tree).allowed)
    .map(({ id, name }) => ({ id, name }))
}

const ownCall = (call: Call): DeskModel['calls'][number] => ({
  href: hrefOf(call.id),
  reference: call.reference,
  openedAt: call.openedAt,
  assurance: call.assurance,
  resumableUntil: call.droppedAt && new Date(call.droppedAt.getTime() + resumeMinutes * 60_000),
})

async function show(
  deps: AgentConsoleDeps,
  request: Request,
  typed: Typed,
  extras: PageExtras = {},
): Promise<Answer> {
  const [calls, desks] = await Promise.all([callsOf(deps.calls, request.actor), desksOf(deps, request)])
  return deps.renderer.show(
    { ...request, url: deskPath },
    DeskView,
    { calls: calls.map(ownCall), desks, typed, supervises: holdsPower(request.actor, 'caller.supervise') },
    extras,
  )
}

/** The place the call is taken at: where the agent sits, or the one they chose among those they may sit at. */
function placeOf(
  desks: DeskModel['desks'],
  chosen: string,
  standing: string | undefined,
): string | undefined {
  if (desks.length === 0) return standing ?? 'call-centre'
  const [only, ...others] = desks
  if (others.length === 0) return only?.id
  return desks.find(({ id }) => id === chosen || (chosen === '' && id === standing))?.id
}

/** Opens it and leads to it; what is missing is asked for on the desk. */
async function open(deps: AgentConsoleDeps, request: Request, typed: Typed): Promise<Answer> {
  const { ani, language, desk, call: externalCall = '' } = typed
  const touchpoint = placeOf(await desksOf(deps, request), desk, request.evidence.touchpoint)
  const issues: readonly FieldIssue[] = [
    ...(ani.trim() !== '' && parsePhoneNumber(ani) === undefined
      ? [{ field: 'ani', code: 'ani-invalid' }]
      : []),
    ...(language === '' ? [{ field: 'language', code: 'choose-call-language' }] : []),
    ...(touchpoint === undefined ? [{ field: 'desk', code: 'choose-desk' }] : []),
  ]
  if (issues.length > 0 || language === '' || touchpoint === undefined) {
    return show(deps, request, typed, { fieldErrors: issues })
  }
  const { actor, evidence } = request
  try {
    const { call } = await openCall(deps.calls, {
      actor,
      evidence,
      touchpoint,
      language,
      ...(ani.trim() === '' ? {} : { ani }),
      ...(externalCall === '' ? {} : { externalCall }),
    })
    return seeOther(hrefOf(call.id))
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error
    if (error.failure === 'too-many') {
      return show(deps, request, typed, { formError: { code: 'look-ups-exhausted' }, status: 429 })
    }
    if (error.code === 'agent-unknown') {
      return show(deps, request, typed, { formError: { code: 'no-desk-of-yours' } })
    }
    throw error
  }
}

/**
 * Whether the address was opened by whoever sits here, or by a program of their machine, and not by another site: that would
 * look people up in the agent's name. Browsers say so of every navigation (Fetch Metadata, 2.1); one that does not say it is
 * not believed.
 */
function isOpenedHere(request: Request): boolean {
  const site = request.header('sec-fetch-site')
  return site === 'none' || site === 'same-origin'
}

/** The agent's calls, the way to open one, and the address that a telephone opens by itself. */
export const deskRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.desk',
    method: 'GET',
    path: deskPath,
    caller: agent('caller.look-up'),
    query: z.object({ done: z.string().max(20).default('') }),
    answers: [200],
    handle: async (request) => {
      const { typed, cookies } = typedBefore(deps, request)
      const kept = Object.keys(typed).length > 0
      return show(
        deps,
        request,
        {
          ani: typed['ani'] ?? '',
          language: languageIn(typed['language'] ?? '') || deps.renderer.languageOf(request),
          desk: typed['desk'] ?? '',
          call: typed['call'] ?? '',
        },
        {
          cookies,
          ...(kept ? { notice: { kind: 'info', key: 'flash.calls.typed-kept' } } : {}),
          ...(request.query.done === 'dropped' ? { notice: notices.dropped } : {}),
        },
      )
    },
  }),
  defineRoute({
    name: 'calls.open',
    method: 'POST',
    path: deskPath,
    caller: agent('caller.look-up'),
    body: {
      type: 'form',
      schema: z.strictObject({
        ani: z.string().max(60).default(''),
        language: z.string().max(10).default(''),
        desk: z.string().max(64).default(''),
        call: z.string().max(128).default(''),
      }),
    },
    answers: [303, 422, 429],
    afterPause: afterPause(deps),
    handle: (request) =>
      open(deps, request, { ...request.body, language: languageIn(request.body.language) }),
  }),
  defineRoute({
    name: 'calls.pop',
    method: 'GET',
    path: `${deskPath}/pop`,
    caller: agent('caller.look-up'),
    query: z.object({
      ani: z.string().max(60).default(''),
      call: z.string().max(128).default(''),
      language: z.string().max(10).default(''),
      desk: z.string().max(64).default(''),
    }),
    answers: [200, 303, 422, 429],
    afterPause: afterPause(deps),
    handle: async (request) => {
      const { ani, call, language, desk } = request.query
      const known = call === '' ? undefined : await deps.calls.calls.findExternal(agentOf(request), call)
      if (known !== undefined) return seeOther(hrefOf(known.id))
      // A plus sign in an address means a blank to whoever reads forms, and telephone systems forget to write it as %2B.
      const number = /^\s\d/.test(ani) ? `+${ani.trim()}` : ani
      const asked: Typed = {
        // A line without a number is announced by words such as "anonymous"; that is no fault of the agent's.
        ani: parsePhoneNumber(number) === undefined ? '' : number,
        language: languageIn(language) || deps.renderer.languageOf(request),
        desk,
        call,
      }
      if (isOpenedHere(request)) return open(deps, request, asked)
      return show(deps, request, asked, { notice: { kind: 'info', key: 'flash.calls.press-to-open' } })
    },
  }),
  defineRoute({
    name: 'calls.live',
    method: 'GET',
    path: `${deskPath}/live`,
    caller: agent('caller.supervise'),
    answers: [200],
    handle: async (request) => {
      const calls = await supervise(deps.calls)
      return deps.renderer.show(request, LiveCallsView, {
        calls: calls.map(({ touchpoint, state, ...call }) => ({
          ...call,
          state: state === 'dropped' ? ('dropped' as const) : ('open' as const),
          place: deps.touchpoints.find(touchpoint)?.name ?? touchpoint,
        })),
      })
    },
  }),
]
