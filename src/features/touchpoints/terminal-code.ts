import { createHash } from 'node:crypto'
import type { Entropy } from '../../kernel/ids.ts'

export const terminalCodeMinutes = 15

/** Consonants alone: nothing to misread, and no word to be found in it. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ'
const length = 12

/**
 * Twelve letters of twenty, 51 bits: more than a stolen table of hashes gives up in the fifteen minutes a code lives. Bytes
 * of the uneven tail are drawn again, so that each letter is as likely as any other.
 */
export function drawTerminalCode(entropy: Entropy): string {
  const even = 256 - (256 % letters.length)
  let drawn = ''
  while (drawn.length < length) {
    for (const byte of entropy.bytes(length)) {
      if (byte < even && drawn.length < length) drawn += letters.charAt(byte % letters.length)
    }
  }
  return drawn
}

/** As it is shown and typed: `BCDF-GHJK-LMNP`. */
export const shownTerminalCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')

/** People type codes with dashes, spaces and in lower case; undefined for what is no code. */
export function readTypedTerminalCode(typed: string): string | undefined {
  const bare = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  return bare.length === length && [...bare].every((one) => letters.includes(one)) ? bare : undefined
}

export const terminalCodeHash = (code: string): Uint8Array =>
  createHash('sha256').update(`terminal-code ${code}`, 'utf8').digest()
