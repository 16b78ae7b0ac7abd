import { z } from 'zod'
import { KioskClosedView } from '../../../views/kiosk/closed.tsx'
import { unauthenticated } from '../../kernel/errors.ts'
import { noContent, seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskClosedPath, kioskEndPath } from './paths.ts'
import { visitCookieName, visitSecretOf } from './visit-cookie.ts'

/**
 * How a visit ends. Anybody may ask for the end, because a screen whose visit is over already has to be wiped all the same;
 * only what the browser's own cookie names is ended.
 */
export const endVisitRoutes = (deps: KioskDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.end',
    method: 'POST',
    path: kioskEndPath,
    caller: { who: 'anyone' },
    body: { type: 'form', schema: z.strictObject({}) },
    answers: [303],
    handle: async (request) => {
      const secret = visitSecretOf(request.exchange, deps.https)
      const language = deps.renderer.languageOf(request)
      if (secret !== undefined) await deps.visits.end(secret, 'finished', request.evidence)
      // The language of the one who leaves is for their last page, and is wiped with the rest.
      return seeOther(`${kioskClosedPath}?lang=${language}`, [
        { name: visitCookieName(deps.https), value: undefined },
      ])
    },
  }),
  defineRoute({
    name: 'kiosk.closed',
    method: 'GET',
    path: kioskClosedPath,
    caller: { who: 'anyone' },
    answers: [200],
    handle: async (request) => {
      const answer = deps.renderer.show(request, KioskClosedView, { live: { now: deps.choices.clock.now() } })
      return answer.kind === 'html' ? { ...answer, wipes: true } : answer
    },
  }),
  defineRoute({
    name: 'kiosk.alive',
    method: 'GET',
    path: '/kiosk/alive',
    caller: { who: 'anyone' },
    answers: [204],
    // Asked by the screen itself, so it keeps nobody's visit open.
    handle: async (request) => {
      const secret = visitSecretOf(request.exchange, deps.https)
      if (secret !== undefined && (await deps.visits.isOpen(secret))) return noContent
      throw unauthenticated('kiosk-visit-over', 'This visit is over. Begin again on the screen.')
    },
  }),
  defineRoute({
    name: 'kiosk.here',
    method: 'POST',
    path: '/kiosk/here',
    caller: { who: 'kiosk-visitor' },
    answers: [204],
    handle: async () => noContent,
  }),
]
