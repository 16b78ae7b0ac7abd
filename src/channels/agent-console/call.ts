import { z } from 'zod'
import type { Answer } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, isStopped, isVerified, onTheLine } from './call-page.ts'
import { showCaller } from './caller.ts'
import { showFinding } from './find-caller.ts'
import { typedBefore } from './kept-typing.ts'
import { agent, callParams, callPath } from './paths.ts'
import { showLadder, showStopped } from './verify-caller.ts'

const notices = {
  verified: { kind: 'success', key: 'flash.calls.verified' },
  resumed: { kind: 'info', key: 'flash.calls.resumed' },
  'call-back-told': { kind: 'info', key: 'flash.calls.call-back-told' },
  'code-sent': { kind: 'success', key: 'flash.calls.code-sent' },
  language: { kind: 'info', key: 'flash.calls.language' },
} as const

interface Asked {
  readonly done: string
  readonly device: string
  readonly find: string
}

function noticeOf(at: AtCall, { done }: Asked, kept: boolean): PageExtras {
  // Said only where it is so, whatever an address claims.
  const said = done === 'verified' && !isVerified(at) ? '' : done
  if (kept) return { notice: { kind: 'info', key: 'flash.calls.typed-kept' } }
  return Object.hasOwn(notices, said) ? { notice: notices[said as keyof typeof notices] } : {}
}

/** What there is to do now: find the caller, check that it is them, help them, or stop. */
async function showCall(deps: AgentConsoleDeps, at: AtCall, asked: Asked): Promise<Answer> {
  const { typed, cookies } = typedBefore(deps, at.request)
  const extras = { cookies, ...noticeOf(at, asked, Object.keys(typed).length > 0) }
  const { caller } = at
  if (caller === undefined) return showFinding(deps, at, typed, extras)
  if (caller.standing.locked) return showStopped(deps, at, 'locked')
  if (isVerified(at)) return showCaller(deps, at, { typed }, extras)
  if (isStopped(at)) {
    return showStopped(deps, at, asked.device === 'reported' ? 'reported' : 'failed-twice')
  }
  if (asked.find !== '') return showFinding(deps, at, typed, extras)
  const missed = (['declined', 'expired'] as const).find((one) => one === asked.device)
  return showLadder(deps, at, { typed, ...(missed === undefined ? {} : { missed }) }, extras)
}

export const callRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.call',
    method: 'GET',
    path: callPath,
    caller: agent('caller.look-up'),
    params: callParams,
    query: z.object({
      done: z.string().max(20).default(''),
      device: z.string().max(20).default(''),
      find: z.string().max(1).default(''),
    }),
    answers: [200, 303, 404, 410],
    handle: (request) => onTheLine(deps, request, (at) => showCall(deps, at, request.query)),
  }),
]
