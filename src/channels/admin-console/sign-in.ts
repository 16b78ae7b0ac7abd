import { z } from 'zod'
import { StaffSignInView } from '../../../views/staff/sign-in.tsx'
import { beginStaffSignIn, signInStaff } from '../../features/staff/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { json, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras, PageRequest } from '../page-renderer.ts'
import type { AdminConsoleDeps } from './console-deps.ts'
import { returnPath } from './return-path.ts'
import { sessionCookie, sessionCookieName } from './session-cookie.ts'

const destination = z.object({ to: z.string().max(500).optional(), done: z.string().max(40).optional() })

const notices = {
  'passkey-added': { kind: 'success', key: 'flash.passkey-added' },
  'signed-out': { kind: 'success', key: 'flash.signed-out' },
  locked: { kind: 'info', key: 'flash.calls.locked' },
} as const

const isDone = (done: string | undefined): done is keyof typeof notices =>
  done !== undefined && Object.hasOwn(notices, done)

export function signInRoutes(deps: AdminConsoleDeps): readonly Route[] {
  const show = (request: PageRequest, to: string | undefined, extras?: PageExtras) => {
    const kept = returnPath(to)
    const action = kept === '/staff' ? '/staff/sign-in' : `/staff/sign-in?to=${encodeURIComponent(kept)}`
    return deps.renderer.show(
      request,
      StaffSignInView,
      {
        passkeys: { optionsHref: '/staff/sign-in/options', action },
        enrolmentAction: '/staff/enrolment-code',
      },
      extras,
    )
  }
  return [
    defineRoute({
      name: 'staff.sign-in',
      method: 'GET',
      path: '/staff/sign-in',
      caller: { who: 'anyone' },
      query: destination,
      answers: [200],
      handle: async (request) => {
        const { to, done } = request.query
        return show(request, to, isDone(done) ? { notice: notices[done] } : {})
      },
    }),
    defineRoute({
      name: 'staff.sign-in.options',
      method: 'POST',
      path: '/staff/sign-in/options',
      caller: { who: 'anyone' },
      answers: [200],
      handle: async (request) => {
        await deps.limiter.consume(request.network, 'passkey-options-network')
        return json(await beginStaffSignIn(deps, request.csrf))
      },
    }),
    defineRoute({
      name: 'staff.sign-in.submit',
      method: 'POST',
      path: '/staff/sign-in',
      caller: { who: 'anyone' },
      query: destination,
      body: { type: 'form', schema: z.strictObject({ response: z.string().max(40_000).default('') }) },
      answers: [303, 422],
      handle: async (request) => {
        await deps.limiter.consume(request.callerKey, 'staff-sign-in-network')
        try {
          const { sessionToken } = await signInStaff(deps, {
            response: request.body.response,
            browser: request.csrf,
            previousSession: request.cookie(sessionCookieName(deps.https)),
            evidence: request.evidence,
          })
          await deps.limiter.clear(request.callerKey, 'staff-sign-in-network')
          return seeOther(returnPath(request.query.to), [sessionCookie(deps.https, sessionToken)])
        } catch (error) {
          if (!(error instanceof PlacetError) || error.failure !== 'invalid') throw error
          return show(request, request.query.to, { formError: { code: 'passkey-failed' } })
        }
      },
    }),
    defineRoute({
      name: 'staff.enrolment-code',
      method: 'POST',
      path: '/staff/enrolment-code',
      caller: { who: 'anyone' },
      body: { type: 'form', schema: z.strictObject({ enrolment_code: z.string().max(200).default('') }) },
      answers: [303, 422],
      handle: async (request) => {
        const code = request.body.enrolment_code.trim()
        if (/^[A-Za-z0-9_-]{43}$/.test(code)) return seeOther(`/staff/enrol?token=${code}`)
        return show(request, undefined, {
          fieldErrors: [{ field: 'enrolment_code', code: 'enrolment-code-wrong' }],
        })
      },
    }),
  ]
}
