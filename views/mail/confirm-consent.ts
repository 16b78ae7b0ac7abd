import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface ConfirmConsentMail extends MailSender {
  readonly purposes: readonly string[]
  readonly confirmHref: string
  readonly until: Date
  readonly reminder: boolean
}

/** Asks for one thing and offers nothing: a confirmation with advertising in it would itself be advertising. */
export const confirmConsent = (model: ConfirmConsentMail, t: Translate): MailContent => ({
  subject: t(model.reminder ? 'mail.confirm.subject.reminder' : 'mail.confirm.subject', {
    brand: model.brandName,
  }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.confirm.lead') },
    ...model.purposes.map((text) => ({ kind: 'words' as const, text })),
    { kind: 'words', text: t('mail.confirm.do', { until: model.until }) },
    { kind: 'link', text: t('mail.confirm.link'), href: model.confirmHref },
    { kind: 'words', text: t('mail.confirm.notYou') },
    ...(model.reminder ? [{ kind: 'words' as const, text: t('mail.confirm.last') }] : []),
  ],
})
