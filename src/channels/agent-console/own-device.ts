import { z } from 'zod'
import { WaitingView } from '../../../views/agent-console/waiting.tsx'
import { askOwnDevice, ownDeviceAnswer } from '../../features/calls/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { type Answer, json, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, onTheLine, under } from './call-page.ts'
import { afterPause } from './kept-typing.ts'
import { agent, callParams, callPath, unattended } from './paths.ts'
import { showLadder } from './verify-caller.ts'

async function ask(deps: AgentConsoleDeps, at: AtCall): Promise<Answer> {
  try {
    await askOwnDevice(deps.calls, at.onCall)
  } catch (error) {
    if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
    return showLadder(deps, at, {}, { formError: { code: 'call-way-unavailable' }, status: 429 })
  }
  return seeOther(`${at.head.href}/waiting`)
}

/** Where the page that waits goes on to; undefined while there is nothing to go on to. */
async function after(deps: AgentConsoleDeps, at: AtCall): Promise<string | undefined> {
  const { answer } = await ownDeviceAnswer(deps.calls, at.onCall)
  const { href } = at.head
  switch (answer) {
    case 'pending':
      return undefined
    case 'verified':
      return `${href}?done=verified`
    case 'none':
      return href
    default:
      return `${href}?device=${answer}`
  }
}

/** The strongest rung: asking on the caller's own device, and waiting for what they say there. */
export const ownDeviceRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    name: 'calls.own-device',
    method: 'POST',
    path: `${callPath}/own-device`,
    caller: agent('caller.verify'),
    params: callParams,
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303, 404, 410, 422, 429],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => ask(deps, at)),
  }),
  defineRoute({
    name: 'calls.waiting',
    method: 'GET',
    path: `${callPath}/waiting`,
    caller: unattended,
    params: callParams,
    answers: [200, 303, 404, 410],
    handle: (request) =>
      onTheLine(deps, request, async (at) => {
        const next = await after(deps, at)
        if (next !== undefined) return seeOther(next)
        // What the customer's page shows, too: the reference of this call.
        const bindingMessage = at.call.reference
        return deps.renderer.show(under(at, '/waiting'), WaitingView, { head: at.head, bindingMessage })
      }),
  }),
  defineRoute({
    name: 'calls.waiting.state',
    method: 'GET',
    path: `${callPath}/waiting/state`,
    caller: unattended,
    params: callParams,
    answers: [200, 303, 404, 410],
    handle: (request) =>
      onTheLine(deps, request, async (at) =>
        json({ state: (await after(deps, at)) === undefined ? 'pending' : 'over' }),
      ),
  }),
]
