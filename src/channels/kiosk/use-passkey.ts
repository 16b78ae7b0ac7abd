import { z } from 'zod'
import { beginPasskeySignIn, signInWithPasskey } from '../../features/identity/index.ts'
import { PlacetError } from '../../kernel/errors.ts'
import { json } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskChoicesPath } from './paths.ts'
import { clientIdShape, evidenceAt, noVisit, terminalSigningIn } from './terminal-behind.ts'
import { visitCookieName } from './visit-cookie.ts'

const path = '/kiosk/passkey'

/**
 * A kiosk whose browser reaches a phone nearby asks for its passkey before it shows any code (R58): the phone itself sees to
 * it that it is near, and signs for this house alone. The challenge is for one terminal with one key, and counts once.
 */
export const usePasskeyRoutes = (deps: KioskDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.passkey-options',
    method: 'POST',
    path: `${path}/options`,
    caller: { who: 'anyone' },
    body: { type: 'json', schema: z.strictObject({ client_id: clientIdShape }) },
    answers: [200],
    handle: async (request) => {
      const terminal = await terminalSigningIn(deps, request, request.body.client_id, `${path}/options`)
      return json(await beginPasskeySignIn(deps.passkey, { boundTo: terminal.keyThumbprint }))
    },
  }),
  defineRoute({
    name: 'kiosk.passkey',
    method: 'POST',
    path,
    caller: { who: 'anyone' },
    body: {
      type: 'json',
      schema: z.strictObject({ client_id: clientIdShape, response: z.string().max(16_000) }),
    },
    answers: [201],
    handle: async (request) => {
      const terminal = await terminalSigningIn(deps, request, request.body.client_id, path)
      const evidence = evidenceAt(request, terminal)
      const admitted = await signInWithPasskey(deps.passkey, {
        response: request.body.response,
        boundTo: terminal.keyThumbprint,
        evidence,
      }).catch((error: unknown) => {
        throw error instanceof PlacetError && error.failure === 'refused' ? noVisit() : error
      })
      const secret = await deps.visits.openProven(terminal, admitted, evidence)
      return {
        kind: 'json',
        status: 201,
        body: { next: kioskChoicesPath },
        cookies: [{ name: visitCookieName(deps.https), value: secret }],
      }
    },
  }),
]
