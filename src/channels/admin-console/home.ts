import { z } from 'zod'
import { translator } from '../../../views/page.tsx'
import { StaffHomeView } from '../../../views/staff/home.tsx'
import { endStaffSession, findStaffSession, powersOf } from '../../features/staff/index.ts'
import type { Actor, StaffRole } from '../../kernel/actor.ts'
import { unauthenticated } from '../../kernel/errors.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { AdminConsoleDeps } from './console-deps.ts'
import { sessionCookie, sessionCookieName } from './session-cookie.ts'

/** The consoles a person's roles open. */
const consolesFor = (roles: readonly StaffRole[], t: ReturnType<typeof translator>) => [
  ...(powersOf(roles).includes('evidence.read')
    ? [{ href: '/staff/proof', title: t('proof.home'), about: t('proof.homeAbout') }]
    : []),
  ...(powersOf(roles).includes('touchpoint.list')
    ? [{ href: '/staff/touchpoints', title: t('touchpoint.home'), about: t('touchpoint.homeAbout') }]
    : []),
]

export function homeRoutes(deps: AdminConsoleDeps): readonly Route[] {
  const cookieName = sessionCookieName(deps.https)
  return [
    defineRoute({
      name: 'staff.home',
      method: 'GET',
      path: '/staff',
      caller: { who: 'staff', power: 'own-account.view' },
      answers: [200],
      handle: async (request) => {
        const session = await findStaffSession(deps, request.cookie(cookieName))
        if (session === undefined)
          throw unauthenticated('staff-sign-in-needed', 'Sign in as staff to see this page.')
        const { displayName, assignments, authenticatedAt } = session
        const everywhere = assignments.some(({ touchpointId }) => touchpointId === undefined)
        return deps.renderer.show(request, StaffHomeView, {
          displayName,
          roles: [...new Set(assignments.map(({ role }) => role))],
          scope: everywhere
            ? []
            : [...new Set(assignments.flatMap(({ touchpointName }) => touchpointName ?? []))],
          signedInAt: authenticatedAt,
          consoles: consolesFor(
            assignments.map(({ role }) => role),
            translator(deps.renderer.languageOf(request)),
          ),
          signOutAction: '/staff/sign-out',
        })
      },
    }),
    defineRoute({
      // Open to anyone, because whoever wants to leave must not be asked to sign in first.
      name: 'staff.sign-out',
      method: 'POST',
      path: '/staff/sign-out',
      caller: { who: 'anyone' },
      body: { type: 'form', schema: z.strictObject({}) },
      answers: [303],
      handle: async (request) => {
        const sessionToken = request.cookie(cookieName)
        const session = await findStaffSession(deps, sessionToken)
        if (sessionToken !== undefined && session !== undefined) {
          const { staffId, assurance, assignments } = session
          const actor: Actor = {
            kind: 'staff',
            staffId,
            assurance,
            roles: assignments.map(({ role }) => role),
          }
          await endStaffSession(deps, { sessionToken, actor, evidence: request.evidence })
        }
        return seeOther('/staff/sign-in?done=signed-out', [sessionCookie(deps.https, undefined)])
      },
    }),
  ]
}
