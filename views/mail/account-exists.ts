import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface AccountExistsMail extends MailSender {
  readonly code: string
  readonly minutesValid: number
}

/** Sent on the way to a new account when the address already has one; the page says the same in both cases (R63). */
export const accountExists = (model: AccountExistsMail, t: Translate): MailContent => ({
  subject: t('mail.accountExists.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.accountExists.lead') },
    { kind: 'words', text: t('mail.accountExists.do') },
    { kind: 'code', text: model.code },
    { kind: 'words', text: t('mail.code.validFor', { minutes: model.minutesValid }) },
    { kind: 'words', text: t('mail.code.neverShare') },
    { kind: 'words', text: t('mail.accountExists.notYou') },
  ],
})
