const prefix = 'terminal:'

/** The client of a terminal: one each, by its code. A colon is in no other client's id, so none can pass for a terminal. */
export const terminalClientId = (touchpointId: string): string => `${prefix}${touchpointId}`

/** Which terminal a client is; undefined for every other client. */
export const terminalOfClient = (clientId: string): string | undefined =>
  clientId.startsWith(prefix) ? clientId.slice(prefix.length) : undefined

export interface Terminal {
  readonly touchpointId: string
  /** RFC 7638 thumbprint of its public key, SHA-256. */
  readonly keyThumbprint: string
  readonly state: 'enrolled' | 'revoked'
  readonly enrolledAt: Date
  readonly revokedAt: Date | undefined
}
