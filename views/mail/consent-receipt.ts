import type { Channel, ContactChannel } from '../../src/kernel/evidence.ts'
import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface ConsentReceiptMail extends MailSender {
  readonly at: Date
  readonly channel: Channel
  readonly touchpoint?: string
  readonly choices: readonly {
    readonly purpose: string
    readonly contactChannel: ContactChannel
    readonly answer: 'yes' | 'no'
  }[]
  readonly receiptHref: string
  readonly permissionsHref: string
}

/** Yes and no are told in the same words and weight. */
export const consentReceipt = (model: ConsentReceiptMail, t: Translate): MailContent => ({
  subject: t('mail.receipt.subject', { brand: model.brandName }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.receipt.lead', { at: model.at }) },
    {
      kind: 'facts',
      rows: model.choices.map(({ purpose, contactChannel, answer }) => ({
        label: contactChannel === 'none' ? purpose : `${purpose} (${t(`contactChannel.${contactChannel}`)})`,
        value: t(`answer.${answer}`),
      })),
    },
    {
      kind: 'words',
      text: t('mail.receipt.where', {
        channel: [t(`channel.${model.channel}`), model.touchpoint].filter(Boolean).join(', '),
      }),
    },
    { kind: 'words', text: t('mail.receipt.keep') },
    { kind: 'link', text: t('mail.receipt.link'), href: model.receiptHref },
    { kind: 'words', text: t('mail.receipt.change') },
    { kind: 'link', text: t('mail.receipt.changeLink'), href: model.permissionsHref },
    { kind: 'words', text: t('mail.receipt.notYou') },
  ],
})
