import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface TillCodeMail extends MailSender {
  readonly code: string
  /** The store it is good in, as people call it. */
  readonly place: string
  readonly expiresAt: Date
}

/** The one code that is meant to be said aloud, so it says to whom and where. */
export const tillCode = (model: TillCodeMail, t: Translate): MailContent => ({
  subject: t('mail.tillCode.subject', { code: model.code, place: model.place }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.tillCode.lead', { place: model.place }) },
    { kind: 'code', text: model.code },
    { kind: 'words', text: t('mail.tillCode.until', { at: model.expiresAt }) },
    { kind: 'words', text: t('mail.tillCode.notThere', { place: model.place }) },
  ],
})

/** The same for a text message, in one line. */
export const tillCodeText = (model: TillCodeMail, t: Translate): string =>
  t('sms.tillCode', { brand: model.brandName, code: model.code, place: model.place })
