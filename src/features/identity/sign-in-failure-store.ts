/**
 * Port. Promises: a try is counted before the password is looked at, in one statement, so that of any number of parallel
 * tries no more are allowed than the lockout leaves (R64); a refused try is not counted; only `clear` starts anew (R65).
 * Counters are kept for addresses without an account too, by the same blind index, so they tell nothing.
 */
export interface SignInFailureStore {
  /** `locks[n]`: seconds of lock that the n-th failure in a row brings. */
  beginTry(
    accountIndex: Uint8Array,
    now: Date,
    locks: readonly number[],
  ): Promise<
    | { readonly allowed: true; readonly failures: number }
    | { readonly allowed: false; readonly retryAfterSeconds: number }
  >
  clear(accountIndexes: readonly Uint8Array[]): Promise<void>
}
