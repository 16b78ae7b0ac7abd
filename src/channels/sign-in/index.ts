/**
 * Sign in: the pages between "I want in" and "it is you". The protocol engine opens an interaction and waits; here the
 * person proves who they are, or creates an account, step by step in the order of `journey.ts`; what was proven goes back
 * to the engine. Nothing here says whether an address has an account, and nothing is proven by what a form claims.
 */
import type { Route } from '../../platform/web/route.ts'
import type { Channel } from '../channel.ts'
import { authorizeClientRoutes } from './authorize-client.ts'
import { checkAnswersRoutes } from './check-answers.ts'
import { createAccountRoutes } from './create-account.ts'
import { createPasskeyRoutes } from './create-passkey.ts'
import { enterCodeRoutes } from './enter-code.ts'
import { enterPasswordRoutes } from './enter-password.ts'
import { identifyRoutes } from './identify.ts'
import type { SignInDeps } from './sign-in-deps.ts'
import { usePasskeyRoutes } from './use-passkey.ts'
import { startRoute } from './visit.ts'
import { yourDetailsRoutes } from './your-details.ts'

export { accountMail } from './account-mail.ts'
export type { Asks, ClaimPreview, Interactions, OpenInteraction, PreviewClaims } from './engine.ts'
export { type EnginePages, enginePages } from './engine-pages.ts'
export type { SignInDeps } from './sign-in-deps.ts'

/** `more`: routes of the same interaction that ask about something else than who it is. */
export const signInChannel = (deps: SignInDeps, more: readonly Route[] = []): Channel => ({
  id: 'web',
  name: 'sign-in',
  routes: [
    startRoute(deps),
    ...identifyRoutes(deps),
    ...usePasskeyRoutes(deps),
    ...enterPasswordRoutes(deps),
    ...enterCodeRoutes(deps),
    ...createAccountRoutes(deps),
    ...yourDetailsRoutes(deps),
    ...checkAnswersRoutes(deps),
    ...createPasskeyRoutes(deps),
    ...authorizeClientRoutes(deps),
    ...more,
  ],
})
