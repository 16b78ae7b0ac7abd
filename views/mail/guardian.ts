import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface GuardianMail extends MailSender {
  /** The child's address, masked. */
  readonly child: string
  readonly href: string
  readonly until: Date
}

export interface GuardianCodeMail extends MailSender {
  readonly code: string
  readonly minutesValid: number
}

export interface GuardianReceiptMail extends MailSender {
  readonly answers: readonly { readonly purpose: string; readonly answer: 'yes' | 'no' }[]
  readonly href: string
}

/** To somebody who has no account here: says who asked, what for, and that silence is a no. */
export const guardianInvitation = (model: GuardianMail, t: Translate): MailContent => ({
  subject: t('mail.guardian.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.guardian.lead', { child: model.child, brand: model.brandName }) },
    { kind: 'words', text: t('mail.guardian.do', { until: model.until }) },
    { kind: 'link', text: t('mail.guardian.link'), href: model.href },
    { kind: 'words', text: t('mail.guardian.notYou') },
  ],
})

export const guardianCode = (model: GuardianCodeMail, t: Translate): MailContent => ({
  subject: t('mail.guardianCode.subject', { code: model.code, brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.guardianCode.lead') },
    { kind: 'code', text: model.code },
    { kind: 'words', text: t('mail.code.validFor', { minutes: model.minutesValid }) },
    { kind: 'words', text: t('mail.code.neverShare') },
  ],
})

/** The proof is attached; the way out is as short as a mail allows. */
export const guardianReceipt = (model: GuardianReceiptMail, t: Translate): MailContent => ({
  subject: t('mail.guardianReceipt.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.guardianReceipt.lead') },
    {
      kind: 'facts',
      rows: model.answers.map(({ purpose, answer }) => ({ label: purpose, value: t(`answer.${answer}`) })),
    },
    { kind: 'words', text: t('mail.guardianReceipt.file') },
    { kind: 'words', text: t('mail.guardianReceipt.change') },
    { kind: 'link', text: t('mail.guardianReceipt.link'), href: model.href },
  ],
})
