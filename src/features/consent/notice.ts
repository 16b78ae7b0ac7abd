import { createHash } from 'node:crypto'

/** Which exact wording a person saw. An event pins this, and the text can be found again by it. */
export interface NoticeReference {
  readonly id: string
  readonly version: string
  readonly language: string
  readonly textHash: string
}

/** A published wording; immutable from then on (GDPR Art. 7(1): proof needs a copy of what was shown). */
export interface NoticeText extends NoticeReference {
  readonly text: string
  readonly url?: string | undefined
}

/** SHA-256 of the exact UTF-8 text, base64url without padding. No trimming, no normalising: a space is a change. */
export const textHash = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('base64url')

/** True when the text still is what its hash says. */
export const isUntouched = (notice: NoticeText): boolean => textHash(notice.text) === notice.textHash

export const sameNotice = (a: NoticeReference, b: NoticeReference): boolean =>
  a.id === b.id && a.version === b.version && a.language === b.language && a.textHash === b.textHash
