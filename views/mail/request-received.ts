import type { Translate } from '../locales/translator.ts'
import type { RequestRightWord } from '../request-words.ts'
import type { MailContent, MailSender } from './mail-document.tsx'

export interface RequestReceivedMail extends MailSender {
  readonly reference: string
  readonly right: RequestRightWord
  readonly receivedAt: Date
  /** Any moment of the last day for the answer. */
  readonly due: Date
  /** Where the person sees it themself. */
  readonly requestsHref: string
  /** Where they say that it was not they who asked; only when somebody else wrote it down. */
  readonly notMineHref?: string | undefined
}

/** Says what was asked by its name and never in the person's own words, which may be about anything: mails are passed on. */
export const requestReceived = (model: RequestReceivedMail, t: Translate): MailContent => ({
  subject: t('mail.requestReceived.subject', { reference: model.reference }),
  sender: model,
  blocks: [
    {
      kind: 'words',
      text: t(
        model.notMineHref === undefined ? 'mail.requestReceived.lead' : 'mail.requestReceived.leadOther',
      ),
    },
    {
      kind: 'facts',
      rows: [
        { label: t('requests.right'), value: t(`requests.right.${model.right}`) },
        { label: t('requests.reference'), value: model.reference },
        { label: t('requests.receivedAt'), value: t('requests.day', { day: model.receivedAt }) },
        { label: t('requests.due'), value: t('requests.day', { day: model.due }) },
      ],
    },
    { kind: 'words', text: t('mail.requestReceived.more') },
    { kind: 'link', text: t('mail.requestReceived.see'), href: model.requestsHref },
    ...(model.notMineHref === undefined
      ? []
      : [
          { kind: 'words' as const, text: t('mail.requestReceived.notMineLead') },
          { kind: 'link' as const, text: t('mail.requestReceived.notMine'), href: model.notMineHref },
        ]),
  ],
})
