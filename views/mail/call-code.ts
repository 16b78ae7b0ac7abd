import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface CallCodeMail extends MailSender {
  readonly code: string
  readonly reference: string
}

/** A code that is meant to be said, so it says to whom alone: to whoever named the call by its reference. */
export const callCode = (model: CallCodeMail, t: Translate): MailContent => ({
  subject: t('mail.callCode.subject', { code: model.code, brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.callCode.lead', { reference: model.reference }) },
    { kind: 'code', text: model.code },
    { kind: 'words', text: t('mail.callCode.only', { reference: model.reference }) },
    { kind: 'words', text: t('mail.callCode.notYou') },
  ],
})

/** The same for a text message, in one line. */
export const callCodeText = (model: CallCodeMail, t: Translate): string =>
  t('sms.callCode', { brand: model.brandName, code: model.code, reference: model.reference })
