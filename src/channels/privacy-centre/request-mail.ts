import { createHash } from 'node:crypto'
import { renderMail } from '../../../views/mail/render-mail.tsx'
import type { RequestReceivedMail } from '../../../views/mail/request-received.ts'
import { type Language, translator } from '../../../views/page.tsx'
import type { RequestMessages } from '../../features/privacy-requests/index.ts'
import { unavailable } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Mailer } from '../../platform/mail/index.ts'
import type { SmsGateway } from '../../platform/sms/index.ts'
import { noonOf } from '../request-day.ts'
import { notMinePath, requestsPath } from './request-paths.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url')

/** What stands for the particulars of one person, so that everybody's message of one wording has one hash. */
const blank = { reference: '', receivedAt: new Date(0), due: new Date(0) }
const nowhere = 'https://example.invalid/'

/** The acknowledgement of a request, by mail and by text, proven by its name and the hash of its wording. */
export function requestMail(deps: {
  readonly mailer: Pick<Mailer, 'send'>
  /** Undefined where no gateway is configured. */
  readonly sms: SmsGateway | undefined
  readonly entropy: Entropy
  readonly brandName: string
  readonly timeZone: string
  /** Absolute: links are read outside. */
  readonly issuer: URL
}): RequestMessages {
  const { mailer, sms, entropy, brandName, timeZone, issuer } = deps

  const textOf = (model: RequestReceivedMail, language: Language): string => {
    const t = translator(language, timeZone)
    const { reference, right, due, notMineHref } = model
    const lines = [
      t('sms.requestReceived', { brand: brandName, reference, right: t(`requests.right.${right}`), due }),
      ...(notMineHref === undefined ? [] : [t('sms.requestNotMine', { href: notMineHref })]),
    ]
    return lines.join(' ')
  }

  return {
    acknowledge: async (to, { language: wanted, reference, right, receivedAt, due, notMine }) => {
      const language: Language = wanted.startsWith('en') ? 'en' : 'es'
      const same = { brandName, right, requestsHref: new URL(requestsPath, issuer).href }
      const model: RequestReceivedMail = {
        ...same,
        reference,
        receivedAt,
        due: noonOf(due),
        notMineHref: notMine && new URL(notMinePath(notMine), issuer).href,
      }
      const wording = { ...same, ...blank, notMineHref: notMine && nowhere }
      if (to.kind === 'phone') {
        if (sms === undefined) throw unavailable('sms-not-sent', 'No gateway for text messages.', 3600)
        const messageId = await sms.send({
          to: to.number,
          text: textOf(model, language),
          kind: 'request-received',
        })
        return { messageId, templateHash: sha256(textOf(wording, language)) }
      }
      const messageId = `<${entropy.id<'message'>()}@${issuer.hostname}>`
      await mailer.send({
        to: to.address,
        kind: 'request-received',
        headers: { 'Message-ID': messageId },
        ...renderMail('request-received', model, language, timeZone),
      })
      const { subject, text } = renderMail('request-received', wording, language, timeZone)
      return { messageId, templateHash: sha256(`${subject}\n\n${text}`) }
    },
  }
}
