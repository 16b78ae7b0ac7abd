export interface PasswordVerification {
  readonly ok: boolean
  /** True when the password was right and its hash should be made anew: weaker parameters, or an older pepper. */
  readonly rehash: boolean
}

/**
 * Port. Promises: the hash carries its parameters and pepper version; a verification takes the same work whether the
 * account exists or not (R62: hand over `undefined` for an unknown one); one verification at a time runs for one account
 * key, so parallel guesses cannot outrun a limit; work that cannot start in time is refused with `tooMany('busy')`.
 */
export interface PasswordHasher {
  hash(password: string): Promise<string>
  verify(hash: string | undefined, password: string, accountKey: string): Promise<PasswordVerification>
  /** How much is waiting and running now, for the metrics. */
  load(): { readonly waiting: number; readonly running: number }
  close(): Promise<void>
}
