import { z } from 'zod'
import { returnPath } from '../../src/channels/admin-console/return-path.ts'
import { sessionCookie } from '../../src/channels/admin-console/session-cookie.ts'
import type { Channel } from '../../src/channels/channel.ts'
import type { HouseParts } from '../../src/compose.ts'
import { newToken, tokenHash } from '../../src/features/staff/secret-token.ts'
import { notFound } from '../../src/kernel/errors.ts'
import { seeOther } from '../../src/platform/web/answer.ts'
import { defineRoute } from '../../src/platform/web/define-route.ts'
import { type SeedStaff, staff } from '../seed/staff.ts'

const pathOf = (key: string): string => `/demo/staff/${key}`

/** Where one of the demo's staff begins to work, already signed in. */
export const staffEntrance = (issuer: string, { key, home }: SeedStaff, to = home): string =>
  `${issuer}${pathOf(key)}?${new URLSearchParams({ to })}`

const unknown = () => notFound('demo-person-unknown', 'Nobody by that name works here.')

/**
 * A session as one of the seeded staff, without the passkey that the product asks of everybody. It exists in the demo's
 * process only, and for nobody but them; there it stands for the passkey that a visitor does not have.
 */
export const staffOneClickChannel = ({ consoleWork, platform }: HouseParts): Channel => ({
  id: 'web',
  name: 'demo-staff',
  routes: [
    defineRoute({
      name: 'demo.staff-one-click',
      method: 'GET',
      path: pathOf(':person'),
      caller: { who: 'anyone' },
      params: z.strictObject({ person: z.string().max(32) }),
      query: z.object({ to: z.string().max(500).optional() }),
      answers: [303],
      handle: async ({ params, query, evidence }) => {
        const person = staff.find(({ key }) => key === params.person)
        if (person === undefined) throw unknown()
        const token = newToken(platform.entropy)
        await consoleWork(async (tx) => {
          const at = platform.clock.now()
          const staffId = await tx.staff.findByLogin(person.login)
          if (staffId === undefined) throw unknown()
          await tx.staff.addSession({
            hash: tokenHash('staff-session', token),
            staffId,
            assurance: 'passkey',
            at,
          })
          await tx.audit.record({
            action: 'demo.staff-signed-in',
            actor: { kind: 'staff', staffId, roles: [], assurance: 'passkey' },
            at,
            about: `staff:${staffId}`,
            evidence,
          })
        })
        return seeOther(returnPath(query.to ?? person.home), [sessionCookie(platform.https, token)])
      },
    }),
  ],
})
