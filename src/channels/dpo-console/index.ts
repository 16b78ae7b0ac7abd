/**
 * Console of the data protection officer: what must be proven, answered and followed. It knows no customer's session and
 * no way to decide for one. Reading about a person asks for a reason here, and leaves a line in that person's trail.
 */
import type { Channel } from '../channel.ts'
import { personConsoleRoutes } from './person-console.ts'
import type { PersonDeps } from './person-deps.ts'
import { type ProofDeps, proofRoutes } from './proof.ts'
import { purposesConsoleRoutes } from './purposes-console.ts'
import type { PurposesDeps } from './purposes-deps.ts'
import { requestRoutes } from './request.ts'
import { requestsRoutes } from './requests.ts'
import type { RequestsDeps } from './requests-deps.ts'

export { asOf } from './past-day.ts'
export type { PersonDeps } from './person-deps.ts'
export type { ProofDeps } from './proof.ts'
export type { PurposesDeps } from './purposes-deps.ts'
export type { RequestsDeps } from './requests-deps.ts'
export { storeRatesConsole } from './stores.ts'

export const dpoConsoleChannel = (
  deps: ProofDeps & {
    readonly people: PersonDeps
    readonly purposes: PurposesDeps
    readonly requests: RequestsDeps
  },
): Channel => ({
  id: 'web',
  name: 'dpo-console',
  routes: [
    ...proofRoutes(deps),
    ...requestsRoutes(deps.requests),
    ...requestRoutes(deps.requests),
    ...personConsoleRoutes(deps.people),
    ...purposesConsoleRoutes(deps.purposes),
  ],
})
