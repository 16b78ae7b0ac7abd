import { z } from 'zod'
import { StaffEnrolView } from '../../../views/staff/enrol.tsx'
import { beginEnrolment, enrolStaffPasskey, findEnrolment } from '../../features/staff/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { json, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PageExtras, PageRequest } from '../page-renderer.ts'
import type { AdminConsoleDeps } from './console-deps.ts'

const link = z.object({ token: z.string().max(100).default('') })

/**
 * The one-time link. Opening it changes nothing, however often (R71); the passkey made on the page consumes it. The
 * token stays in the address, which no page sends on (`Referrer-Policy: no-referrer`) and no log keeps.
 */
export function enrolRoutes(deps: AdminConsoleDeps): readonly Route[] {
  const show = async (request: PageRequest, token: string, extras?: PageExtras) => {
    const { displayName, roles, expiresAt } = await findEnrolment(deps, token)
    return deps.renderer.show(
      request,
      StaffEnrolView,
      {
        displayName,
        roles,
        expiresAt,
        optionsHref: `/staff/enrol/options?token=${token}`,
        action: `/staff/enrol?token=${token}`,
      },
      extras,
    )
  }
  return [
    defineRoute({
      name: 'staff.enrol',
      method: 'GET',
      path: '/staff/enrol',
      caller: { who: 'anyone' },
      query: link,
      answers: [200],
      handle: async (request) => {
        await deps.limiter.consume(request.callerKey, 'staff-sign-in-network')
        const answer = await show(request, request.query.token)
        await deps.limiter.clear(request.callerKey, 'staff-sign-in-network')
        return answer
      },
    }),
    defineRoute({
      name: 'staff.enrol.options',
      method: 'POST',
      path: '/staff/enrol/options',
      caller: { who: 'anyone' },
      query: link,
      answers: [200],
      handle: async (request) => {
        await deps.limiter.consume(request.network, 'passkey-options-network')
        return json(await beginEnrolment(deps, { token: request.query.token, browser: request.csrf }))
      },
    }),
    defineRoute({
      name: 'staff.enrol.submit',
      method: 'POST',
      path: '/staff/enrol',
      caller: { who: 'anyone' },
      query: link,
      body: { type: 'form', schema: z.strictObject({ response: z.string().max(40_000).default('') }) },
      answers: [303, 422],
      handle: async (request) => {
        const { token } = request.query
        await deps.limiter.consume(request.callerKey, 'staff-sign-in-network')
        try {
          await enrolStaffPasskey(deps, {
            token,
            browser: request.csrf,
            response: request.body.response,
            name: request.evidence.userAgentFamily ?? 'passkey',
            evidence: request.evidence,
          })
        } catch (error) {
          const repeatable = error instanceof PlacetError && ['invalid', 'conflict'].includes(error.failure)
          if (!repeatable) throw error
          return show(request, token, { formError: { code: 'passkey-failed' } })
        }
        return seeOther('/staff/sign-in?done=passkey-added')
      },
    }),
  ]
}
