/** Why a password may not be used. Stable codes; the screens have a text for each. */
export type PasswordIssue =
  | 'password-too-short'
  | 'password-too-long'
  | 'password-common'
  | 'password-context'
  | 'password-guessable'

/** One form for one password, whatever keyboard it was typed on; done once, here (R59). No trimming, no case. */
export const normalizePassword = (typed: string): string => typed.normalize('NFC')

/** 1 KiB: no passphrase is cut, and nobody sends a megabyte to be hashed (R59). */
export const fitsLength = (password: string): boolean => Buffer.byteLength(password, 'utf8') <= 1024

/** Characters as people count them: code points, not UTF-16 halves. */
export const lengthOf = (password: string): number => [...password].length

/** Letters and digits only, no accents, no case: the form in which a password is compared with words. */
const squash = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/**
 * True when little is left once the words that everybody around this account knows are taken out (R60): the name, the
 * local part of the address, the brand. Words under four letters are part of too many others to count.
 */
export function leansOnContext(password: string, words: readonly string[], leastRest = 8): boolean {
  const parts = words
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map(squash)
    .filter((word) => word.length >= 4)
    .toSorted((a, b) => b.length - a.length)
  const whole = squash(password)
  const rest = parts.reduce((left, part) => left.replaceAll(part, ''), whole)
  return rest.length < whole.length && rest.length < leastRest
}

/** The shortest piece the text is a repetition of; the text itself when it is none. */
function repeatedUnit(text: string): string {
  const again = `${text}${text}`.indexOf(text, 1)
  return again < 0 ? text : text.slice(0, again)
}

/** Whether a list of common passwords covers this one: as it is, or as one of its entries over and over. */
export function isCommon(password: string, listed: (text: string) => boolean): boolean {
  const lower = password.toLowerCase()
  const unit = repeatedUnit(lower)
  return listed(lower) || listed(unit) || unit.length <= 3
}
