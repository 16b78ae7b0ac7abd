/**
 * Verifier: where anybody holds the house to its word, without an account. A receipt is checked in the reader's own
 * browser, or by a page they saved before; the server does it only for those without script, and keeps nothing. Here are
 * also the public keys of every receipt ever signed, the newest checkpoint of the log, and, where receipts are given out as
 * credentials, what programs must know to read those.
 */
import type { Channel } from '../channel.ts'
import { credentialRoutes } from './credential-type.ts'
import { publishedRoutes } from './published.ts'
import type { VerifierDeps } from './verifier-deps.ts'
import { verifyRoutes } from './verify.ts'

export type { VerifierDeps } from './verifier-deps.ts'

export const verifierChannel = (deps: VerifierDeps): Channel => ({
  id: 'web',
  name: 'verifier',
  routes: [...verifyRoutes(deps), ...publishedRoutes(deps), ...credentialRoutes(deps)],
})
