import { z } from 'zod'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { SecurityDeps } from './security-deps.ts'
import { ownerOf, securityPath, silenceOthers } from './security-visit.ts'

const nothing = z.strictObject({})

/** Ending a session needs no fresh proof: it only takes away, and whoever fears a thief should not be held up (R33). */
export const sessionRoutes = (deps: SecurityDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.security.end-other-sessions',
    method: 'POST',
    path: `${securityPath}/sessions/end-others`,
    caller: { who: 'subject' },
    body: { type: 'form', schema: nothing },
    answers: [303],
    handle: async (request) => {
      const owner = await ownerOf(deps, request)
      // First, so that whoever is told that it is done has it all done.
      await silenceOthers(deps, request, owner, 'sessions-ended')
      await deps.sessions.endOthers(owner.subjectId, owner.sessionRef)
      return seeOther(`${securityPath}?done=sessions-ended`)
    },
  }),
  defineRoute({
    name: 'privacy-centre.security.end-session',
    method: 'POST',
    path: `${securityPath}/sessions/:ref/end`,
    caller: { who: 'subject' },
    params: z.strictObject({ ref: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/) }),
    body: { type: 'form', schema: nothing },
    answers: [303],
    handle: async (request) => {
      // Looked for among this person's own: another's reference ends nothing (API1).
      const owner = await ownerOf(deps, request)
      const { ref } = request.params
      if (ref !== owner.sessionRef) await silenceOthers(deps, request, owner, 'sessions-ended')
      await deps.sessions.end(owner.subjectId, ref)
      return seeOther(`${securityPath}?done=session-ended`)
    },
  }),
]
