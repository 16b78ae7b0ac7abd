import { invalid } from '../../kernel/errors.ts'
import { callReasons, type GivenReason } from './call.ts'

const longestWords = 300

/** A reason as it may be kept: of the closed list, and `other` with words. Throws otherwise; no record opens without one. */
export function checkedReason(given: { readonly code: string; readonly words?: string }): GivenReason {
  const code = callReasons.find((known) => known === given.code)
  if (code === undefined) {
    throw invalid('reason-missing', 'Say why you need to see this.', [
      { field: 'reason', code: 'reason.missing' },
    ])
  }
  const words = given.words?.trim().slice(0, longestWords) ?? ''
  if (code === 'other' && words === '') {
    throw invalid('reason-words-missing', 'Say in words why you need to see this.', [
      { field: 'words', code: 'reason.words-missing' },
    ])
  }
  return words === '' ? { code } : { code, words }
}

/** As the audit trail keeps it. */
export const reasonText = ({ code, words }: GivenReason): string =>
  words === undefined ? code : `${code}: ${words}`
