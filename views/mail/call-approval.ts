import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface CallApprovalMail extends MailSender {
  readonly agentReference: string
  readonly clientName: string
  readonly bindingMessage: string
  readonly expiresAt: Date
  /** Absolute: it is read outside. Opening it changes nothing. */
  readonly href: string
}

export const callApproval = (model: CallApprovalMail, t: Translate): MailContent => ({
  subject: t('mail.callApproval.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.greeting') },
    { kind: 'words', text: t('mail.callApproval.lead', { brand: model.brandName }) },
    {
      kind: 'facts',
      rows: [
        { label: t('mail.callApproval.message'), value: model.bindingMessage },
        { label: t('mail.callApproval.agent'), value: model.agentReference },
        { label: t('mail.callApproval.client'), value: model.clientName },
        { label: t('mail.callApproval.until'), value: t('page.moment', { at: model.expiresAt }) },
      ],
    },
    { kind: 'link', text: t('mail.callApproval.link'), href: model.href },
    { kind: 'words', text: t('mail.callApproval.never') },
  ],
})

/** The same for the screen of a browser, which shows the words and opens the page. */
export const callApprovalNotification = (model: CallApprovalMail, t: Translate) => ({
  title: t('push.callApproval.title', { brand: model.brandName }),
  body: t('push.callApproval.body', { agent: model.agentReference, message: model.bindingMessage }),
})

/** The same for a text message, in one line. */
export const callApprovalText = (model: CallApprovalMail, t: Translate): string =>
  t('sms.callApproval', {
    brand: model.brandName,
    agent: model.agentReference,
    message: model.bindingMessage,
    href: model.href,
  })
