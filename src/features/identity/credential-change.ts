import { type Assurance, meets } from '../../kernel/actor.ts'
import { needsStepUp, refused } from '../../kernel/errors.ts'

/** How and when the person who asks for the change last proved who they are. */
export interface FreshProof {
  readonly assurance: Assurance
  readonly at: Date
}

const freshForMs = 5 * 60_000

/**
 * What an account asks for before its credentials change: its own highest level. Once it has a passkey, nothing below a
 * passkey will do, or a stolen mailbox would be enough to add one (R76, R78). Until then the verified mailbox, which also
 * recovers the password, is as good as the account has.
 */
const neededForChange = (account: { readonly passkeys: number }): Assurance =>
  account.passkeys > 0 ? 'passkey' : 'code'

export function checkProof(proof: FreshProof, account: { readonly passkeys: number }, now: Date): void {
  if (!meets(proof.assurance, neededForChange(account))) {
    throw needsStepUp('step-up-needed', 'Use one of your passkeys first.')
  }
  if (now.getTime() - proof.at.getTime() > freshForMs) {
    throw needsStepUp('sign-in-too-old', 'Confirm that it is still you.')
  }
}

/** With the last passkey or password gone, the mailbox alone would be the account: another one has to come first. */
export function checkNotLast(account: { readonly passkeys: number; readonly hasPassword: boolean }): void {
  if (account.passkeys + (account.hasPassword ? 1 : 0) <= 1) {
    throw refused('last-factor', 'Add another passkey or a password before you remove this one.')
  }
}
