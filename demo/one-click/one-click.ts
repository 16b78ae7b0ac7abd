import { z } from 'zod'
import type { Channel } from '../../src/channels/channel.ts'
import type { HouseParts } from '../../src/compose.ts'
import { emailIndex, parseEmailAddress } from '../../src/features/identity/index.ts'
import { notFound } from '../../src/kernel/errors.ts'
import { seeOther } from '../../src/platform/web/answer.ts'
import { defineRoute } from '../../src/platform/web/define-route.ts'
import { people } from '../seed/people.ts'

/** The buttons on the first page of a sign-in, one for each of the seeded people. */
export const oneClickShortcuts = (uid: string) =>
  people.map(({ key, firstName }) => ({ label: firstName, action: `/sign-in/${uid}/demo/${key}` }))

/**
 * One-click sign-in as one of the seeded people. It exists in the demo's process only: the product has no such route,
 * and nobody but the seeded people can be signed in by it.
 */
export const oneClickChannel = ({ oidc, reads, platform }: HouseParts): Channel => ({
  id: 'web',
  name: 'demo',
  routes: [
    defineRoute({
      name: 'demo.one-click',
      method: 'POST',
      path: '/sign-in/:uid/demo/:person',
      caller: { who: 'anyone' },
      params: z.strictObject({ uid: z.string().max(64), person: z.string().max(32) }),
      body: { type: 'form', schema: z.strictObject({}) },
      answers: [303],
      policy: 'redirects-to-clients',
      handle: async ({ params, exchange }) => {
        const person = people.find(({ key }) => key === params.person)
        const email = person === undefined ? undefined : parseEmailAddress(person.email)
        const subjectId =
          email && (await reads.identifiers.findSubject(emailIndex(platform.blindIndex, email)))
        if (subjectId === undefined) throw notFound('demo-person-unknown', 'Nobody by that name lives here.')
        return seeOther(
          await oidc.interactions.login(exchange, {
            subjectId,
            assurance: 'password',
            remember: true,
          }),
        )
      },
    }),
  ],
})
