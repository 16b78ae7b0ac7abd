import { maskEmailAddress, maskPhoneNumber, parseEmailAddress, parsePhoneNumber } from '../identity/index.ts'

/** What stands for anything of which not even a letter helps to recognise it. */
export const hidden = '···'

const words = (text: string): string =>
  text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${[...word][0] ?? ''}${hidden}`)
    .join(' ')

/**
 * A value as an agent sees it before asking for it: enough to recognise what the caller says, never enough to say it. Always
 * the same number of dots, so that lengths tell nothing; of dates, numbers and answers nothing at all.
 */
export function maskValue(attribute: string, value: unknown): string {
  if (typeof value !== 'string') return hidden
  if (attribute === 'email') {
    const address = parseEmailAddress(value)
    return address === undefined ? hidden : maskEmailAddress(address)
  }
  if (attribute === 'phone') {
    const number = parsePhoneNumber(value)
    return number === undefined ? hidden : maskPhoneNumber(number)
  }
  return /\d/.test(value) ? hidden : words(value)
}
