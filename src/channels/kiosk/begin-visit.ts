import { z } from 'zod'
import { KioskSetupView } from '../../../views/kiosk/setup.tsx'
import { KioskSignInView } from '../../../views/kiosk/sign-in.tsx'
import { unauthenticated } from '../../kernel/errors.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskChoicesPath, kioskClosedPath, kioskPath, kioskSessionPath, kioskSetupPath } from './paths.ts'
import { visitCookieName } from './visit-cookie.ts'

const tokenShape = /^DPoP ([A-Za-z0-9_-]{20,512})$/i

/**
 * A kiosk's screen before anybody is known: it brings its key once, then shows a code until somebody's phone says yes, and
 * turns the tokens of that into a visit. The pages hold nothing about anybody, and are the same for whoever opens them;
 * what makes a browser a kiosk is the key in it.
 */
export const beginVisitRoutes = (deps: KioskDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.setup',
    method: 'GET',
    path: kioskSetupPath,
    caller: { who: 'anyone' },
    answers: [200],
    handle: async (request) =>
      deps.renderer.show(request, KioskSetupView, { issuer: deps.issuer.origin, live: true }),
  }),
  defineRoute({
    name: 'kiosk.sign-in',
    method: 'GET',
    path: kioskPath,
    caller: { who: 'anyone' },
    policy: 'keeps-offline-page',
    query: z.object({
      start: z.literal('1').optional().catch(undefined),
      left: z.literal('1').optional().catch(undefined),
    }),
    answers: [200, 303],
    handle: async (request) => {
      // Whoever left while the house could not be reached: the browser is wiped as soon as it can be.
      if (request.query.left === '1') {
        return seeOther(`${kioskClosedPath}?lang=${deps.renderer.languageOf(request)}`)
      }
      return deps.renderer.show(request, KioskSignInView, {
        screen: 'attract',
        live: { issuer: deps.issuer.origin, now: deps.choices.clock.now() },
        address: `${deps.issuer.host}/device`,
      })
    },
  }),
  defineRoute({
    name: 'kiosk.begin-visit',
    method: 'POST',
    path: kioskSessionPath,
    caller: { who: 'anyone' },
    answers: [201],
    handle: async (request) => {
      await deps.limiter.consume(request.callerKey, 'visit-start-caller')
      const token = tokenShape.exec(request.header('authorization') ?? '')?.[1]
      const proof = request.header('dpop')
      const secret =
        token === undefined || proof === undefined
          ? undefined
          : await deps.visits.open(
              {
                token,
                proof,
                method: 'POST',
                url: `${deps.issuer.origin}${kioskSessionPath}`,
                address: deps.addressOf(request.exchange.req),
              },
              request.evidence,
            )
      if (secret === undefined) {
        throw unauthenticated('kiosk-token-refused', 'This opens no visit: ask for a new code.')
      }
      return {
        kind: 'json',
        status: 201,
        body: { next: kioskChoicesPath },
        cookies: [{ name: visitCookieName(deps.https), value: secret }],
      }
    },
  }),
]
