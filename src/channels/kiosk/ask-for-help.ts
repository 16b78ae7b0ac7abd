import { z } from 'zod'
import { json } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import type { KioskDeps } from './kiosk-deps.ts'
import { clientIdShape, evidenceAt, onlyOnce, terminalBehind } from './terminal-behind.ts'

const path = '/kiosk/help'

/**
 * A person of the shop, from any screen. The terminal asks and signs for it, so that nobody calls people from elsewhere; who
 * stands there is not said. The screen tells what is true: that somebody was told, and, once they said so, that they come.
 */
export const askForHelpRoutes = (deps: KioskDeps): readonly Route[] => [
  defineRoute({
    name: 'kiosk.help',
    method: 'POST',
    path,
    caller: { who: 'anyone' },
    // The key in the terminal signs, so there is nothing another site could ride on. And the last page of a visit, whose
    // cookies were wiped a moment ago, can call for help like every other.
    authority: 'address',
    body: {
      type: 'json',
      schema: z.strictObject({ client_id: clientIdShape, want: z.enum(['raise', 'state', 'withdraw']) }),
    },
    answers: [200],
    handle: async (request) => {
      const { client_id: named, want } = request.body
      // Its own count first, so that a screen gone wild does not use up what is its neighbours'.
      await deps.limiter.consume(`${request.callerKey} ${named}`, 'kiosk-help-screen')
      await deps.limiter.consume(request.callerKey, 'kiosk-help-caller')
      const terminal = await terminalBehind(deps, request, named, path)
      const { touchpointId: terminalId, clientId } = terminal
      if (want !== 'state') await onlyOnce(deps, terminal)
      const storeId = deps.storeOf(terminalId) ?? terminalId
      const screen = { terminalId, storeId, clientId, evidence: evidenceAt(request, terminal) }
      if (want === 'raise') {
        await deps.limiter.consume(clientId, 'kiosk-help-terminal')
        return json({ state: await deps.help.raise(screen) })
      }
      if (want === 'withdraw') await deps.help.withdraw(screen)
      return json({ state: await deps.help.state(terminalId) })
    },
  }),
]
