import { z } from 'zod'
import { type WrapUpModel, WrapUpView } from '../../../views/agent-console/wrap-up.tsx'
import {
  type Call,
  callSummaries,
  changeCallLanguage,
  dropCall,
  resumeCall,
  wrapUp,
} from '../../features/calls/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, inCall, onTheLine, under } from './call-page.ts'
import { afterPause, typedBefore } from './kept-typing.ts'
import { agent, callParams, callPath, deskPath } from './paths.ts'

const messagesOf = ({ messages }: Call): WrapUpModel['messages'] =>
  messages.map(({ kind, by, at }) => ({ kind, by, at: new Date(at) }))

function showWrapUp(deps: AgentConsoleDeps, at: AtCall, summary: string, extras: PageExtras = {}): Answer {
  const model = { head: at.head, messages: messagesOf(at.call), typed: { summary } }
  return deps.renderer.show(under(at, '/wrap-up'), WrapUpView, model, extras)
}

async function end(deps: AgentConsoleDeps, at: AtCall, typed: string): Promise<Answer> {
  const summary = callSummaries.find((one) => one === typed)
  if (summary === undefined) {
    return showWrapUp(deps, at, typed, { fieldErrors: [{ field: 'summary', code: 'choose-summary' }] })
  }
  const ended = await wrapUp(deps.calls, { ...at.onCall, summary })
  return deps.renderer.show({ ...at.request, url: deskPath }, WrapUpView, {
    head: { ...at.head, banners: [] },
    messages: messagesOf(ended),
    typed: { summary },
    ended: { at: ended.endedAt ?? deps.calls.clock.now(), summary, assurance: at.call.assurance },
  })
}

const step = { method: 'POST', params: callParams, caller: agent('caller.look-up') } as const
const noFields = { type: 'form', schema: z.strictObject({}) } as const

/** How a call goes on in another language, and how it is left: ended with a word on what it came to, or cut off and taken up again. */
export const endCallRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.wrap-up',
    method: 'GET',
    path: `${callPath}/wrap-up`,
    caller: agent('caller.look-up'),
    params: callParams,
    answers: [200, 303, 404, 410],
    handle: (request) =>
      inCall(deps, request, async (at) => {
        const { typed, cookies } = typedBefore(deps, request)
        const kept = Object.keys(typed).length > 0
        return showWrapUp(deps, at, typed['summary'] ?? '', {
          cookies,
          ...(kept ? { notice: { kind: 'info', key: 'flash.calls.typed-kept' } } : {}),
        })
      }),
  }),
  defineRoute({
    ...step,
    name: 'calls.end',
    path: `${callPath}/wrap-up`,
    body: { type: 'form', schema: z.strictObject({ summary: z.string().max(40).default('') }) },
    answers: [200, 303, 404, 410, 422],
    afterPause: afterPause(deps),
    handle: (request) => inCall(deps, request, (at) => end(deps, at, request.body.summary)),
  }),
  defineRoute({
    ...step,
    name: 'calls.language',
    path: `${callPath}/language`,
    body: { type: 'form', schema: z.strictObject({ language: z.string().max(10).default('') }) },
    answers: [303, 404, 410],
    afterPause: afterPause(deps),
    handle: (request) =>
      onTheLine(deps, request, async ({ onCall, head }) => {
        const { language } = request.body
        if (language !== 'es' && language !== 'en') return seeOther(head.href)
        await changeCallLanguage(deps.calls, { ...onCall, language })
        return seeOther(`${head.href}?done=language`)
      }),
  }),
  defineRoute({
    ...step,
    name: 'calls.drop',
    path: `${callPath}/drop`,
    body: noFields,
    answers: [303, 404, 410],
    afterPause: afterPause(deps),
    handle: (request) =>
      inCall(deps, request, async ({ onCall }) => {
        await dropCall(deps.calls, onCall)
        return seeOther(`${deskPath}?done=dropped`)
      }),
  }),
  defineRoute({
    ...step,
    name: 'calls.resume',
    path: `${callPath}/resume`,
    body: noFields,
    answers: [303, 404, 410],
    afterPause: afterPause(deps),
    handle: (request) =>
      inCall(deps, request, async ({ onCall, head }) => {
        await resumeCall(deps.calls, onCall)
        return seeOther(`${head.href}?done=resumed`)
      }),
  }),
]
