import { z } from 'zod'
import { StoppedView } from '../../../views/agent-console/stopped.tsx'
import {
  type RungModel,
  type VerifyCallerModel,
  VerifyCallerView,
} from '../../../views/agent-console/verify-caller.tsx'
import {
  confirmCallBack,
  type MaskedContact,
  planCallBack,
  redeemCallerCode,
  sendCallerCode,
} from '../../features/calls/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { type Answer, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import type { AgentConsoleDeps } from './agent-deps.ts'
import { type AtCall, isVerified, onTheLine, under } from './call-page.ts'
import { afterPause, type Typed } from './kept-typing.ts'
import { agent, callParams, callPath } from './paths.ts'

type Missed = VerifyCallerModel['ownDevice']['missedBecause']
interface Shown {
  readonly typed?: Typed
  readonly dial?: string
  readonly missed?: Missed
}

const contact = ({ key, masked }: MaskedContact) => ({ key, shown: masked })

export function showStopped(
  deps: AgentConsoleDeps,
  at: AtCall,
  because: 'failed-twice' | 'reported' | 'locked',
): Answer {
  return deps.renderer.show(under(at), StoppedView, { head: at.head, because })
}

/** The ladder, with what is under way on it. */
export async function showLadder(
  deps: AgentConsoleDeps,
  at: AtCall,
  { typed = {}, dial, missed }: Shown = {},
  extras: PageExtras = {},
): Promise<Answer> {
  const { call, caller, head } = at
  const check = await deps.calls.calls.openCheck(call.id)
  const contacts = caller?.contacts ?? []
  const state = (kind: NonNullable<typeof check>['kind'], possible: boolean): RungModel['state'] =>
    possible ? (check?.kind === kind ? 'begun' : 'offered') : 'absent'
  const to = contacts.filter(({ takesCode }) => takesCode).map(contact)
  const numbers = contacts.filter(({ kind }) => kind === 'phone').map(contact)
  return deps.renderer.show(
    under(at),
    VerifyCallerView,
    {
      head,
      name: caller?.name ?? '',
      failedChecks: call.failedChecks,
      mayRequest: deps.calls.openRequest !== undefined && caller?.blocked.includes('requests') === false,
      ownDevice: {
        state: missed === undefined ? state('own-device', caller?.ownDevice === true) : 'missed',
        ...(missed === undefined ? {} : { missedBecause: missed }),
      },
      code: { state: state('code', to.length > 0), to, chosen: typed['code_to'] ?? to[0]?.key ?? '' },
      callBack: {
        // Restricted data are handed to nobody, and a number that is to be rung is handed to the agent.
        state: state('call-back', numbers.length > 0 && caller?.blocked.includes('fields') === false),
        numbers,
        chosen: typed['number'] ?? numbers[0]?.key ?? '',
        secondCall: typed['second_call'] ?? '',
        ...(dial === undefined ? {} : { dial }),
      },
    },
    extras,
  )
}

async function sendCode(deps: AgentConsoleDeps, at: AtCall, codeTo: string): Promise<Answer> {
  if (codeTo === '') {
    return showLadder(deps, at, {}, { fieldErrors: [{ field: 'code_to', code: 'choose-contact' }] })
  }
  try {
    await sendCallerCode(deps.calls, { ...at.onCall, contact: codeTo })
  } catch (error) {
    if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
    return showLadder(deps, at, {}, { formError: { code: 'call-way-unavailable' }, status: 429 })
  }
  return seeOther(`${at.head.href}?done=code-sent`)
}

async function checkCode(deps: AgentConsoleDeps, at: AtCall, code: string): Promise<Answer> {
  const wrong = (errorCode: string) =>
    showLadder(deps, at, {}, { fieldErrors: [{ field: 'code', code: errorCode }] })
  if (!/^\s*\d[\d\s]{4,8}\d\s*$/.test(code)) return wrong('caller-code-missing')
  const { outcome } = await redeemCallerCode(deps.calls, { ...at.onCall, typed: code })
  switch (outcome) {
    case 'verified':
      return seeOther(`${at.head.href}?done=verified`)
    case 'wrong':
      return wrong('caller-code-wrong')
    case 'spent':
      return showLadder(deps, at, {}, { formError: { code: 'caller-code-spent' } })
    case 'stopped':
      return seeOther(at.head.href)
  }
}

/** The number is told once, in the answer to the plan: it is in no address and on no page that is opened later. */
async function plan(deps: AgentConsoleDeps, at: AtCall, number: string): Promise<Answer> {
  if (number === '') {
    return showLadder(deps, at, {}, { fieldErrors: [{ field: 'number', code: 'choose-number' }] })
  }
  try {
    const { dial } = await planCallBack(deps.calls, { ...at.onCall, contact: number })
    return await showLadder(deps, at, { typed: { number }, ...(dial === undefined ? {} : { dial }) })
  } catch (error) {
    if (!(error instanceof PlacetError) || error.failure !== 'too-many') throw error
    return showLadder(
      deps,
      at,
      { typed: { number } },
      { formError: { code: 'look-ups-exhausted' }, status: 429 },
    )
  }
}

async function confirm(
  deps: AgentConsoleDeps,
  at: AtCall,
  said: { readonly answered: string; readonly second_call: string },
): Promise<Answer> {
  const reached = said.answered === 'yes'
  const { href } = at.head
  try {
    const call = await confirmCallBack(deps.calls, { ...at.onCall, reached, secondCall: said.second_call })
    if (isVerified({ call })) return seeOther(`${href}?done=verified`)
    const failed = call.failedChecks > at.call.failedChecks
    return seeOther(reached && !failed ? `${href}?done=call-back-told` : href)
  } catch (error) {
    if (!(error instanceof PlacetError)) throw error
    if (error.code !== 'second-call-missing' && error.code !== 'second-call-used') throw error
    const fieldErrors = [{ field: 'second_call', code: error.code }]
    return showLadder(deps, at, { typed: { second_call: said.second_call } }, { fieldErrors })
  }
}

const text = (most: number) => z.string().max(most).default('')
const step = { method: 'POST', caller: agent('caller.verify'), params: callParams } as const

/** The rungs that need nobody's own device: what was sent to a registered contact, and ringing a registered number. */
export const verifyCallerRoutes = (deps: AgentConsoleDeps): readonly Route[] => [
  defineRoute({
    ...step,
    name: 'calls.code',
    path: `${callPath}/code`,
    body: { type: 'form', schema: z.strictObject({ code_to: text(64) }) },
    answers: [303, 404, 410, 422, 429],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => sendCode(deps, at, request.body.code_to)),
  }),
  defineRoute({
    ...step,
    name: 'calls.code.check',
    path: `${callPath}/code/check`,
    body: { type: 'form', schema: z.strictObject({ code: text(40) }) },
    answers: [303, 404, 410, 422],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => checkCode(deps, at, request.body.code)),
  }),
  defineRoute({
    ...step,
    name: 'calls.call-back',
    path: `${callPath}/call-back`,
    body: { type: 'form', schema: z.strictObject({ number: text(64) }) },
    answers: [200, 303, 404, 410, 422, 429],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => plan(deps, at, request.body.number)),
  }),
  defineRoute({
    ...step,
    name: 'calls.call-back.confirm',
    path: `${callPath}/call-back/confirm`,
    body: { type: 'form', schema: z.strictObject({ answered: text(10), second_call: text(128) }) },
    answers: [303, 404, 410, 422],
    afterPause: afterPause(deps),
    handle: (request) => onTheLine(deps, request, (at) => confirm(deps, at, request.body)),
  }),
]
