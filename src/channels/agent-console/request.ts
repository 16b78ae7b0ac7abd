import { z } from 'zod'
import {
  type CallRequestFormModel,
  CallRequestFormView,
  rightsOfCallers,
} from '../../../views/agent-console/request.tsx'
import { openRequestFor } from '../../features/calls/index.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { formAddress, formQuery } from '../choices-form.ts'
import type { PageExtras } from '../page-renderer.ts'
import { noonOf } from '../request-day.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, onTheLine, under } from './call-page.ts'
import { afterPause, typedBefore } from './kept-typing.ts'
import { agent, callParams, callPath } from './paths.ts'

const page = '/request'

function showForm(
  deps: AgentConsoleDeps,
  at: AtCall,
  typed: CallRequestFormModel['typed'],
  extras: PageExtras = {},
): Answer {
  const { href } = at.head
  const action = formAddress(`${href}${page}`, `${href}${page}`, deps.calls.entropy)
  return deps.renderer.show(under(at, page), CallRequestFormView, { head: at.head, action, typed }, extras)
}

async function open(
  deps: AgentConsoleDeps,
  at: AtCall,
  typed: CallRequestFormModel['typed'],
  once: string | undefined,
): Promise<Answer> {
  const right = rightsOfCallers.find((one) => one === typed.right)
  if (right === undefined) {
    return showForm(deps, at, typed, { fieldErrors: [{ field: 'right', code: 'choose-right' }] })
  }
  const words = typed.words.trim()
  const { reference, due } = await openRequestFor(deps.calls, {
    ...at.onCall,
    right,
    ...(words === '' ? {} : { words }),
    idempotencyKey: once ?? deps.calls.entropy.id<'form'>(),
  })
  return deps.renderer.show(under(at, page), CallRequestFormView, {
    head: at.head,
    action: '',
    typed,
    opened: { reference, right, due: noonOf(due) },
  })
}

/** Only about somebody who was chosen, and in a house that takes requests. */
const about = (deps: AgentConsoleDeps, step: (at: AtCall) => Promise<Answer>) => async (at: AtCall) =>
  at.caller === undefined || at.caller.blocked.includes('requests') || deps.calls.openRequest === undefined
    ? seeOther(at.head.href)
    : step(at)

/** A request of the caller's, opened by whoever is on the telephone with them. */
export const requestRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.request',
    method: 'GET',
    path: `${callPath}${page}`,
    caller: agent('caller.verify'),
    params: callParams,
    answers: [200, 303, 404, 410],
    handle: (request) =>
      onTheLine(
        deps,
        request,
        about(deps, async (at) => {
          const { typed, cookies } = typedBefore(deps, request)
          const kept = Object.keys(typed).length > 0
          return showForm(
            deps,
            at,
            { right: typed['right'] ?? '', words: typed['words'] ?? '' },
            { cookies, ...(kept ? { notice: { kind: 'info', key: 'flash.calls.typed-kept' } } : {}) },
          )
        }),
      ),
  }),
  defineRoute({
    name: 'calls.request.open',
    method: 'POST',
    path: `${callPath}${page}`,
    caller: agent('caller.verify'),
    params: callParams,
    query: formQuery,
    body: {
      type: 'form',
      schema: z.strictObject({
        right: z.string().max(40).default(''),
        words: z.string().max(2_000).default(''),
      }),
    },
    answers: [200, 303, 404, 410, 422],
    afterPause: afterPause(deps),
    handle: (request) =>
      onTheLine(
        deps,
        request,
        about(deps, (at) => open(deps, at, request.body, request.query.once)),
      ),
  }),
]
