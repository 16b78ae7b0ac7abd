import type { Translate } from '../locales/translator.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface StoreReceiptMail extends MailSender {
  readonly store: string
  readonly reference: string
  readonly total: string
}

/** The receipt and nothing else: no link, no offer, no box to tick. What the address was given for ends here. */
export const storeReceipt = (model: StoreReceiptMail, t: Translate): MailContent => ({
  subject: t('mail.storeReceipt.subject', { store: model.store }),
  sender: model,
  blocks: [
    { kind: 'words', text: t('mail.storeReceipt.lead', { store: model.store }) },
    {
      kind: 'facts',
      rows: [
        { label: t('mail.storeReceipt.reference'), value: model.reference },
        { label: t('mail.storeReceipt.total'), value: model.total },
        { label: t('mail.storeReceipt.store'), value: model.store },
      ],
    },
    { kind: 'words', text: t('mail.storeReceipt.only') },
  ],
})
