/** Who we are to an authenticator. */
export interface RelyingParty {
  /** The full host name: browsers refuse a mere suffix under `.localhost`. */
  readonly rpId: string
  readonly name: string
  /** Exactly the origins whose pages may run a ceremony. */
  readonly origins: readonly string[]
}

/** Ed25519, ES256, RS256 (for older Windows Hello): what options offer and what an answer may use. */
export const passkeyAlgorithms: readonly number[] = [-8, -7, -257]

/** Five minutes to find the telephone (R74). */
export const challengeMinutes = 5
