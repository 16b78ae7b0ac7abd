import { z } from 'zod'
import { beginPasskeySignIn, signInWithPasskey } from '../../features/identity/index.ts'
import { PlacetError, unauthenticated } from '../../kernel/errors.ts'
import { json } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { kioskChoicesPath } from './paths.ts'
import { visitCookieName } from './visit-cookie.ts'

const path = '/kiosk/passkey'
const clientId = z.string().max(80)

const refusal = () => unauthenticated('kiosk-token-refused', 'This opens no visit: ask for a new code.')

/** Which terminal asks, by a proof of its key over this very request. */
async function terminalBehind(deps: KioskDeps, request: GuardedRequest, named: string, at: string) {
  await deps.limiter.consume(request.callerKey, 'visit-start-caller')
  const proof = request.header('dpop')
  const terminal =
    proof &&
    (await deps.visits.terminalOf({
      clientId: named,
      proof,
      method: 'POST',
      url: `${deps.issuer.origin}${at}`,
      address: deps.addressOf(request.exchange.req),
    }))
  if (!terminal) throw refusal()
  return terminal
}

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
    body: { type: 'json', schema: z.strictObject({ client_id: clientId }) },
    answers: [200],
    handle: async (request) => {
      const terminal = await terminalBehind(deps, request, request.body.client_id, `${path}/options`)
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
      schema: z.strictObject({ client_id: clientId, response: z.string().max(16_000) }),
    },
    answers: [201],
    handle: async (request) => {
      const terminal = await terminalBehind(deps, request, request.body.client_id, path)
      const evidence = {
        ...request.evidence,
        touchpoint: terminal.touchpointId,
        clientId: terminal.clientId,
      }
      const admitted = await signInWithPasskey(deps.passkey, {
        response: request.body.response,
        boundTo: terminal.keyThumbprint,
        evidence,
      }).catch((error: unknown) => {
        // Which of the reasons it was is nobody's business on a public screen.
        throw error instanceof PlacetError && error.failure === 'refused' ? refusal() : error
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
