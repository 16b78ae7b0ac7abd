/** What a WebAuthn challenge was made for. `register-silently`: the browser makes a passkey right after a password. */
export type ChallengePurpose = 'sign-in' | 'register' | 'register-silently'

export interface Ceremony {
  readonly purpose: ChallengePurpose
  /** Flow, browser and, where known, account the ceremony belongs to. */
  readonly boundTo: string
}

/**
 * Port. Promises: nobody but `issue` makes a challenge, and no two are alike; of any number of parallel `consume` of one
 * challenge one is true, for its own purpose and binding only and before its end (R74, R75).
 */
export interface ChallengeStore {
  /** Keeps nothing: every first page asks for a challenge in case the person picks a passkey, and few do. */
  issue(ceremony: Ceremony, expiresAt: Date): Uint8Array
  consume(ceremony: Ceremony & { readonly challenge: string; readonly now: Date }): Promise<boolean>
}
