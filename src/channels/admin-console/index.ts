/**
 * Admin console: where the people who work here come in, each with a passkey and nothing weaker, and see who they are and
 * what they may. It has its own cookie, its own sessions and its own gatekeeper; a customer's session opens nothing here.
 */
import type { Channel } from '../channel.ts'
import type { AdminConsoleDeps } from './console-deps.ts'
import { enrolRoutes } from './enrol.ts'
import { homeRoutes } from './home.ts'
import { signInRoutes } from './sign-in.ts'

export type { AdminConsoleDeps } from './console-deps.ts'
export { staffSignInLocation } from './return-path.ts'
export { sessionCookieName as staffSessionCookie } from './session-cookie.ts'
export { staffGatekeeper } from './staff-gatekeeper.ts'
export { touchpointConsole } from './touchpoints.ts'

export const adminConsoleChannel = (deps: AdminConsoleDeps): Channel => ({
  id: 'web',
  name: 'admin-console',
  routes: [...signInRoutes(deps), ...enrolRoutes(deps), ...homeRoutes(deps)],
})
