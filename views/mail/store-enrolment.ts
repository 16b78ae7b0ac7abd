import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface StoreEnrolmentMail extends MailSender {
  readonly store: string
  readonly href: string
  readonly until: Date
}

/** Asks for one thing and offers nothing: it is the confirmation, and what confirms carries no advertising. */
export const storeEnrolment = (model: StoreEnrolmentMail, t: Translate): MailContent => ({
  subject: t('mail.storeFinish.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.storeFinish.lead', { store: model.store }) },
    { kind: 'words', text: t('mail.storeFinish.do', { until: model.until }) },
    { kind: 'link', text: t('mail.storeFinish.link'), href: model.href },
    { kind: 'words', text: t('mail.storeFinish.notYou') },
  ],
})

export interface StoreAccountMail extends MailSender {
  readonly store: string
  readonly href: string
  /** Where whoever did not ask for it says so. */
  readonly notMeHref: string
}

/** To whoever has an account: the screen in the store said the same as for everybody (R63). */
export const storeAccount = (model: StoreAccountMail, t: Translate): MailContent => ({
  subject: t('mail.storeAccount.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.storeAccount.lead', { store: model.store }) },
    { kind: 'words', text: t('mail.storeAccount.do') },
    { kind: 'link', text: t('mail.storeAccount.link'), href: model.href },
    { kind: 'words', text: t('mail.storeAccount.notYou') },
    { kind: 'link', text: t('mail.storeAccount.report'), href: model.notMeHref },
  ],
})
