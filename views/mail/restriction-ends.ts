import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface RestrictionEndsMail extends MailSender {
  readonly after: Date
}

/** The notice that has to come before (GDPR Art. 18(3)). */
export const restrictionEnds = (model: RestrictionEndsMail, t: Translate): MailContent => ({
  subject: t('mail.restrictionEnds.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.restrictionEnds.lead', { after: model.after }) },
    { kind: 'words', text: t('mail.restrictionEnds.do') },
  ],
})
