import { z } from 'zod'
import { PeopleView } from '../../../views/staff/people.tsx'
import { openPerson } from '../../features/consent/index.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { PersonDeps } from './person-deps.ts'
import { peoplePath, personPath, visitCookie } from './person-visit.ts'

const caller = { who: 'staff', power: 'evidence.read' } as const

/** One person at a time, by something that is theirs; asked by POST, because an address has no place in a log. */
export const peopleRoutes = (deps: PersonDeps): readonly Route[] => [
  defineRoute({
    name: 'dpo.people',
    method: 'GET',
    path: peoplePath,
    caller,
    query: z.object({ person: z.string().max(100).default('') }),
    answers: [200],
    handle: async (request) =>
      deps.renderer.show(request, PeopleView, { person: request.query.person, reason: '', nobody: false }),
  }),
  defineRoute({
    name: 'dpo.people.open',
    method: 'POST',
    path: peoplePath,
    caller,
    body: {
      type: 'form',
      schema: z.strictObject({
        person: z.string().max(320).default(''),
        reason: z.string().max(500).default(''),
      }),
    },
    answers: [200, 303, 422],
    handle: async (request) => {
      const { person, reason } = request.body
      const missing = [
        ...(person.trim() === '' ? [{ field: 'person', code: 'person-missing' }] : []),
        ...(reason.trim() === '' ? [{ field: 'reason', code: 'reason-missing' }] : []),
      ]
      const model = { person, reason, nobody: false }
      if (missing.length > 0) {
        return deps.renderer.show(request, PeopleView, model, { fieldErrors: missing })
      }
      const { actor, evidence } = request
      const subjectId = await openPerson(deps, { actor, evidence, person, reason })
      if (subjectId === undefined) {
        return deps.renderer.show(request, PeopleView, { ...model, nobody: true })
      }
      return seeOther(personPath(subjectId), [visitCookie(deps, request, { subjectId, reason })])
    },
  }),
]
