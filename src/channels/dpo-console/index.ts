/**
 * Console of the data protection officer: what must be proven, answered and followed. It knows no customer's session and
 * no way to decide for one. Reading about a person asks for a reason here, and leaves a line in that person's trail.
 */
import type { Channel } from '../channel.ts'
import { type ProofDeps, proofRoutes } from './proof.ts'

export type { ProofDeps } from './proof.ts'

export const dpoConsoleChannel = (deps: ProofDeps): Channel => ({
  id: 'web',
  name: 'dpo-console',
  routes: [...proofRoutes(deps)],
})
