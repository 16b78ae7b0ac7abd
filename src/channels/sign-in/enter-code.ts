import { z } from 'zod'
import { EnterCodeView } from '../../../views/sign-in/enter-code.tsx'
import {
  codeMinutes,
  maskEmailAddress,
  parseEmailAddress,
  recordFailedSignIn,
  redeemCode,
  signInWithCode,
} from '../../features/identity/index.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras } from '../page-renderer.ts'
import { withMailbox, withProof } from './flow.ts'
import { addresseeOf, codePurposeFor, secondsToResend, sendCode } from './send-code.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { mended, stepRoutes, type Visit } from './visit.ts'

const codeBody = z.strictObject({ code: z.string().max(200) })
const nothing = z.strictObject({})

const showEnterCode = (visit: Visit, extras: PageExtras = {}) => {
  const { flow } = visit
  const address = parseEmailAddress(flow.email ?? '')
  const resent =
    (flow.codesSent ?? 0) > 1 && extras.formError === undefined && extras.fieldErrors === undefined
  return visit.show(
    EnterCodeView,
    {
      purpose: flow.road,
      maskedAddress: address === undefined ? '' : maskEmailAddress(address),
      changeHref: visit.path(flow.road === 'create-account' ? 'create-account' : 'identify'),
      minutesValid: codeMinutes,
      resend: { action: visit.path('send-code'), availableInSeconds: secondsToResend(flow, visit.now) },
      otherWayHref: visit.path('identify'),
    },
    {
      at: 'enter-code',
      ...(resent ? { notice: { kind: 'info', key: 'flash.code-sent' } as const } : {}),
      ...extras,
    },
  )
}

export function enterCodeRoutes(deps: SignInDeps): readonly Route[] {
  const route = stepRoutes(deps)
  return [
    route(
      { step: 'enter-code', name: 'enter-code', method: 'GET', page: 'enter-code', answers: [200] },
      async (visit) => showEnterCode(visit),
    ),
    route(
      {
        step: 'enter-code',
        name: 'enter-code.answer',
        method: 'POST',
        page: 'enter-code',
        body: codeBody,
        answers: [403, 422, 429, 503],
      },
      async (visit, { code }) => {
        try {
          return await tryCode(deps, visit, code)
        } catch (error) {
          return showEnterCode(visit, mended(error))
        }
      },
    ),
    route(
      {
        step: 'enter-password',
        name: 'send-code',
        method: 'POST',
        page: 'send-code',
        body: nothing,
        answers: [429],
      },
      async (visit) => {
        const { flow } = visit
        if (secondsToResend(flow, visit.now) > 0) return visit.advance(flow)
        try {
          return await visit.advance(await sendCode(deps, visit, flow))
        } catch (error) {
          return showEnterCode(visit, mended(error))
        }
      },
    ),
  ]
}

/**
 * A right code proves the mailbox. Where an account has the address, that signs in to it, on either road; on the way to a
 * new account it lets the person go on. On the sign-in road nobody was sent a code for an address without account, so one
 * that fits was guessed, and is wrong.
 */
async function tryCode(deps: SignInDeps, visit: Visit, typed: string) {
  const { flow, evidence } = visit
  if (typed.trim() === '') {
    return showEnterCode(visit, { fieldErrors: [{ field: 'code', code: 'code-required' }] })
  }
  const addressee = await addresseeOf(deps, flow)
  const redemption = await redeemCode(
    { ...deps, codes: deps.artefacts.codes },
    {
      purpose: codePurposeFor(flow, addressee),
      recipientIndex: addressee.index,
      transaction: flow.uid,
      typed,
      network: visit.request.network,
    },
  )
  const { subjectId, email } = addressee
  if (redemption === 'right' && subjectId !== undefined) {
    return visit.advance(
      withProof(flow, await signInWithCode({ ...deps, work: deps.entrances }, { subjectId, evidence })),
    )
  }
  if (redemption === 'right' && flow.road === 'create-account') {
    return visit.advance(withMailbox(flow, email, visit.now))
  }
  if (redemption === 'wrong' && subjectId !== undefined) {
    deps.later(() => recordFailedSignIn(deps, { subjectId, evidence }))
  }
  const issue = redemption === 'spent' ? 'code-expired' : 'code-wrong'
  return showEnterCode(visit, { fieldErrors: [{ field: 'code', code: issue }] })
}
