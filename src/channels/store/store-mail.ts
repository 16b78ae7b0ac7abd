import { createHash } from 'node:crypto'
import { renderMail } from '../../../views/mail/render-mail.tsx'
import type { Language } from '../../../views/page.tsx'
import type { EnrolMail, EnrolmentId, StoreMail, TillReceipt } from '../../features/store-visits/index.ts'
import type { Mailer } from '../../platform/mail/index.ts'
import { finishPath } from './paths.ts'

const languageOf = (text: string): Language => (text.startsWith('en') ? 'en' : 'es')

/** How the mail of an enrolment is named on the wire, for as long as anything is proven by it. */
export const finishMessageId = (enrolmentId: EnrolmentId, origin: string): string =>
  `<store-enrolment.${enrolmentId}@${new URL(origin).hostname}>`

/** What stands for the particulars of one person, so that everybody's mail of one wording has one hash. */
const blank = { href: 'https://example.invalid/', until: new Date(0) }

/** The mails that a shop's staff sets off. Each says what the address was given for, and none offers anything. */
export function storeMail(deps: {
  readonly mailer: Pick<Mailer, 'send'>
  readonly brandName: string
  readonly timeZone: string
  readonly storeName: (touchpointId: string) => string
  /** Absolute: links are read outside. */
  readonly origin: string
}): EnrolMail & { readonly receipt: (receipt: TillReceipt) => Promise<void> } {
  const { mailer, brandName, timeZone, storeName, origin } = deps
  const sender = { brandName }
  const finishMail = (
    { language, touchpointId }: Pick<StoreMail, 'language' | 'touchpointId'>,
    particulars: typeof blank,
  ) =>
    renderMail(
      'store-enrolment',
      { ...sender, about: 'store', store: storeName(touchpointId), ...particulars },
      languageOf(language),
      timeZone,
    )
  return {
    wordingOfFinish: (mail) => {
      const { subject, text } = finishMail(mail, blank)
      return createHash('sha256').update(`${subject}\n\n${text}`, 'utf8').digest('base64url')
    },
    finish: async (to, { token, until, enrolmentId, ...mail }) => {
      await mailer.send({
        to,
        kind: 'store-enrolment',
        headers: { 'Message-ID': finishMessageId(enrolmentId, origin) },
        ...finishMail(mail, { href: `${origin}${finishPath(token)}`, until }),
      })
    },
    accountExists: async (to, { language, touchpointId, token }) => {
      const model = {
        ...sender,
        store: storeName(touchpointId),
        href: `${origin}/privacy`,
        notMeHref: `${origin}${finishPath(token)}`,
      }
      await mailer.send({
        to,
        kind: 'store-account',
        ...renderMail('store-account', model, languageOf(language), timeZone),
      })
    },
    receipt: async ({ to, language, touchpointId, reference, total }) => {
      const model = { ...sender, about: 'store', store: storeName(touchpointId), reference, total } as const
      await mailer.send({
        to,
        kind: 'store-receipt',
        ...renderMail('store-receipt', model, languageOf(language), timeZone),
      })
    },
  }
}
