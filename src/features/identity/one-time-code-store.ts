import type { Id } from '../../kernel/ids.ts'
import type { CodePurpose } from './one-time-code.ts'

export type CodeId = Id<'one-time-code'>

export interface IssuedCode {
  readonly codeId: CodeId
  readonly purpose: CodePurpose
  readonly recipientIndex: Uint8Array
  readonly transactionHash: Uint8Array
  readonly codeHmac: Uint8Array
  readonly createdAt: Date
  readonly expiresAt: Date
}

/** `spent`: there is no code left to guess at: expired, used, replaced by a newer one, or out of guesses. */
export type Redemption = 'right' | 'wrong' | 'spent'

/**
 * Port. Promises (R67): only the newest code of a recipient, purpose and transaction counts, so that a stranger's sign-in can
 * neither spend nor replace it; each try is counted in the statement that
 * judges it, so of any number of parallel tries at most five are judged and at most one is `right`; a right code is used
 * up by being right. Codes hold no fact about anybody, so they are written one statement at a time, outside units.
 */
export interface OneTimeCodeStore {
  issue(code: IssuedCode): Promise<void>
  redeem(attempt: {
    readonly purpose: CodePurpose
    readonly recipientIndex: Uint8Array
    readonly transactionHash: Uint8Array
    readonly codeHmac: Uint8Array
    readonly now: Date
  }): Promise<Redemption>
}
