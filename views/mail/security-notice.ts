import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export type SecurityEvent =
  | 'passkey-added'
  | 'passkey-removed'
  | 'password-set'
  | 'password-changed'
  | 'email-changed'
  | 'new-sign-in'
  | 'notifications-on'

export interface SecurityNoticeMail extends MailSender {
  readonly event: SecurityEvent
  readonly at: Date
  readonly securityHref: string
  readonly givenName?: string
  /** Name of the passkey or the masked new address. */
  readonly detail?: string
  readonly device?: string
  readonly place?: string
}

export const securityNotice = (model: SecurityNoticeMail, t: Translate): MailContent => {
  const facts = [
    { label: t('mail.security.at'), value: t('page.moment', { at: model.at }) },
    { label: t('mail.security.what'), value: model.detail },
    { label: t('mail.security.device'), value: model.device },
    { label: t('mail.security.place'), value: model.place },
  ]
  return {
    subject: t(`mail.security.subject.${model.event}`, { brand: model.brandName }),
    sender: model,
    blocks: [
      {
        kind: 'words',
        text: model.givenName ? t('mail.greetingName', { name: model.givenName }) : t('mail.greeting'),
      },
      { kind: 'words', text: t(`mail.security.lead.${model.event}`) },
      { kind: 'facts', rows: facts.flatMap(({ label, value }) => (value ? [{ label, value }] : [])) },
      { kind: 'words', text: t('mail.security.wasYou') },
      { kind: 'words', text: t('mail.security.notYou') },
      { kind: 'link', text: t('mail.security.link'), href: model.securityHref },
    ],
  }
}
