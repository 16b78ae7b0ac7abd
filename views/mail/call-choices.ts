import type { ContactChannel } from '../../src/kernel/evidence.ts'
import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

interface ToldItem {
  readonly title: string
  readonly contactChannel: ContactChannel
}

export interface CallChoicesMail extends MailSender {
  readonly reference: string
  readonly at: Date
  readonly pending: readonly ToldItem[]
  readonly told: readonly ToldItem[]
  readonly until: Date
  /** Absolute: it is read outside. Opening it changes nothing. */
  readonly href: string
}

/** What was written down in a call, told at once, with the one page where it is confirmed or disowned. No advertising. */
export const callChoices = (model: CallChoicesMail, t: Translate): MailContent => {
  const items = (of: readonly ToldItem[]) =>
    of.map(({ title, contactChannel }) => ({
      kind: 'words' as const,
      text: `${title} · ${contactChannel === 'none' ? t('withdrawn.allUse') : t(`contactChannel.${contactChannel}`)}`,
    }))
  const list = (lead: 'mail.callChoices.pending' | 'mail.callChoices.told', of: readonly ToldItem[]) =>
    of.length === 0 ? [] : [{ kind: 'words' as const, text: t(lead) }, ...items(of)]
  const subject = model.pending.length > 0 ? 'pending' : 'told'
  return {
    subject: t(`mail.callChoices.subject.${subject}`, { brand: model.brandName }),
    sender: model,
    blocks: [
      { kind: 'words', text: t('mail.greeting') },
      { kind: 'words', text: t('mail.callChoices.lead', { reference: model.reference, at: model.at }) },
      ...list('mail.callChoices.pending', model.pending),
      ...list('mail.callChoices.told', model.told),
      { kind: 'link', text: t('mail.callChoices.link'), href: model.href },
      { kind: 'words', text: t('mail.callChoices.until', { until: model.until }) },
      { kind: 'words', text: t('mail.callChoices.notYou') },
    ],
  }
}

/** The same for a text message, in one line. */
export const callChoicesText = (model: CallChoicesMail, t: Translate): string =>
  t('sms.callChoices', { brand: model.brandName, reference: model.reference, href: model.href })
