import type { Entropy } from '../../kernel/ids.ts'

/** What a code is good for. A code issued for one purpose is worthless for every other (R70). */
export type CodePurpose =
  | 'sign-in'
  | 'create-account'
  | 'step-up'
  | 'verify-address'
  | 'kiosk'
  | 'agent-verification'
  | 'till'

export const codeMinutes = 10
const codeDigits = 6

/** Five guesses at one code, however many arrive at once (R67); held in the store's one statement. */
export const guessesPerCode = 5

/** Six digits, each value as likely as any other: what falls into the uneven tail of 32 bits is drawn again. */
export function drawCode(entropy: Entropy): string {
  const values = 10 ** codeDigits
  const even = 2 ** 32 - (2 ** 32 % values)
  for (;;) {
    const drawn = Buffer.from(entropy.bytes(4)).readUInt32BE()
    if (drawn < even) return String(drawn % values).padStart(codeDigits, '0')
  }
}

/** People type codes with spaces and dashes; anything else is not a code. */
export function readTypedCode(typed: string): string | undefined {
  const digits = typed.replaceAll(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : undefined
}

/** What is mixed into a code's hash beside the code: another transaction, purpose or recipient gives another hash. */
export const codeBinding = (purpose: CodePurpose, recipientIndex: Uint8Array, transaction: string): string =>
  `${purpose}|${Buffer.from(recipientIndex).toString('hex')}|${transaction}`
