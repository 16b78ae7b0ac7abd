import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface AccountExistsMail extends MailSender {
  readonly signInHref: string
}

/** Sent instead of a code when the address already has an account; the page says the same in both cases. */
export const accountExists = (model: AccountExistsMail, t: Translate): MailContent => ({
  subject: t('mail.accountExists.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.accountExists.lead') },
    { kind: 'words', text: t('mail.accountExists.do') },
    { kind: 'link', text: t('mail.accountExists.link'), href: model.signInHref },
    { kind: 'words', text: t('mail.accountExists.notYou') },
  ],
})
