/** What a WebAuthn challenge was made for. `register-silently`: the browser makes a passkey right after a password. */
export type ChallengePurpose = 'sign-in' | 'register' | 'register-silently'

export interface StoredChallenge {
  /** SHA-256 of the challenge: the table cannot be used to answer one. */
  readonly challengeHash: Uint8Array
  readonly purpose: ChallengePurpose
  /** Flow, browser and, where known, account the ceremony belongs to. */
  readonly boundTo: string
  readonly expiresAt: Date
}

/** Port. Promises: of any number of parallel `consume` of one challenge one is true, for its own purpose and binding only (R74, R75). */
export interface ChallengeStore {
  add(challenge: StoredChallenge): Promise<void>
  consume(challenge: Omit<StoredChallenge, 'expiresAt'> & { readonly now: Date }): Promise<boolean>
}
