import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface CodeMail extends MailSender {
  readonly purpose: 'sign-in' | 'create-account' | 'step-up' | 'kiosk'
  /** For which screen in which shop, where it is for one. */
  readonly where?: { readonly kiosk: string; readonly store: string }
  readonly code: string
  readonly minutesValid: number
}

/** The code is in the subject, so that it can be read without opening the mail. No link, no advertising. */
export const code = (model: CodeMail, t: Translate): MailContent => ({
  subject: t(`mail.code.subject.${model.purpose}`, {
    code: model.code,
    brand: model.brandName,
    ...model.where,
  }),
  sender: model,
  blocks: [
    { kind: 'words', text: t(`mail.code.lead.${model.purpose}`, { ...model.where }) },
    { kind: 'code', text: model.code },
    { kind: 'words', text: t('mail.code.validFor', { minutes: model.minutesValid }) },
    { kind: 'words', text: t('mail.code.neverShare') },
    { kind: 'words', text: t('mail.code.notYou') },
  ],
})
