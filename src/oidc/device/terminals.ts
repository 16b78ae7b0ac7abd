import { terminalOfClient } from '../../features/touchpoints/index.ts'
import type { StoredClient } from '../pg-clients.ts'

/** Where a terminal stands, in the words people read. */
export interface TerminalPlace {
  readonly id: string
  /** `Quiosco 3`. */
  readonly label: string
  readonly store: string
  readonly city: string | undefined
  /** ISO 3166-1 alpha-2. */
  readonly country: string | undefined
}

/** Port: the registered terminals. Answers from memory. */
export interface Terminals {
  /** Undefined for a place that is closed, lies in a closed one, or is no terminal. */
  find(touchpointId: string): TerminalPlace | undefined
  /** Whether `address` lies in the networks it was registered for. */
  mayCallFrom(touchpointId: string, address: string): boolean
}

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/**
 * The terminal that a client is; undefined for every other client, whatever grants it registered (R38). Its name is one
 * that enrolment alone gives, and its keys are its credential and what its tokens are bound to, so they must be in its own
 * record and not behind an address that somebody else may come to own.
 */
export function terminalOf(
  client: Pick<StoredClient, 'clientId' | 'metadata'> | undefined,
): { readonly touchpointId: string } | undefined {
  if (client === undefined) return undefined
  const { touchpoint, jwks, token_endpoint_auth_method: method } = client.metadata
  const named = terminalOfClient(client.clientId)
  const hasKeys = typeof jwks === 'object' && jwks !== null && 'keys' in jwks
  if (named === undefined || named !== touchpoint || method !== 'private_key_jwt' || !hasKeys)
    return undefined
  return { touchpointId: named }
}
