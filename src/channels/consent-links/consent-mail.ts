import { createHash } from 'node:crypto'
import { type MailModel, type MailTemplate, renderMail } from '../../../views/mail/render-mail.tsx'
import { type Language, translator } from '../../../views/page.tsx'
import type { ConsentMessages, SentMessage } from '../../features/consent/index.ts'
import { codeMinutes } from '../../features/identity/index.ts'
import { unavailable } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Mail, Mailer } from '../../platform/mail/index.ts'
import type { SmsGateway } from '../../platform/sms/index.ts'

const languageOf = (text: string): Language => (text.startsWith('en') ? 'en' : 'es')

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('base64url')

/** What stands for the particulars of one person, so that everybody's message of one wording has one hash. */
const blank = { until: new Date(0), href: 'https://example.invalid/' }

/** The messages of consent, by mail and by text. What leaves is proven by its name and the hash of its wording. */
export function consentMail(deps: {
  readonly mailer: Pick<Mailer, 'send'>
  /** Undefined where no gateway is configured: then a yes by text message stays unconfirmed. */
  readonly sms: SmsGateway | undefined
  readonly entropy: Entropy
  readonly brandName: string
  /** That of the controller's seat, for the dates in messages. */
  readonly timeZone?: string
  /** Absolute: links are read outside. */
  readonly issuer: URL
}): ConsentMessages {
  const { mailer, sms, entropy, brandName, issuer, timeZone } = deps
  const sender = { brandName }
  const toGuardian = { ...sender, about: 'child' } as const
  const linkTo = (page: string, token: string) => new URL(`/${page}/${token}`, issuer).href

  async function mail<Template extends MailTemplate>(
    to: string,
    kind: string,
    template: Template,
    language: Language,
    model: MailModel<Template>,
    wording: MailModel<Template>,
    files: Mail['files'] = [],
  ): Promise<SentMessage> {
    const messageId = `<${entropy.id<'message'>()}@${issuer.hostname}>`
    const headers = { 'Message-ID': messageId }
    await mailer.send({ to, kind, headers, files, ...renderMail(template, model, language, timeZone) })
    const { subject, text } = renderMail(template, wording, language, timeZone)
    return { messageId, templateHash: sha256(`${subject}\n\n${text}`) }
  }

  return {
    askConfirmation: async (to, { language: wanted, purposes, token, expiresAt, reminder }) => {
      const language = languageOf(wanted)
      const href = linkTo('confirm', token)
      if (to.kind === 'phone') {
        if (sms === undefined) throw unavailable('sms-not-sent', 'No gateway for text messages.', 3600)
        const t = translator(language)
        const text = t('sms.confirm', { brand: brandName, href })
        const messageId = await sms.send({ to: to.number, text, kind: 'confirm-consent' })
        return { messageId, templateHash: sha256(t('sms.confirm', { brand: brandName, href: blank.href })) }
      }
      return mail(
        to.address,
        'confirm-consent',
        'confirm-consent',
        language,
        { ...sender, purposes, confirmHref: href, until: expiresAt, reminder },
        { ...sender, purposes: [], confirmHref: blank.href, until: blank.until, reminder },
      )
    },
    inviteGuardian: async (to, { language: wanted, token, child, expiresAt }) =>
      mail(
        to,
        'guardian-invitation',
        'guardian-invitation',
        languageOf(wanted),
        { ...toGuardian, child, href: linkTo('guardian', token), until: expiresAt },
        { ...toGuardian, child: '', ...blank },
      ),
    guardianCode: async (to, { language, code }) =>
      mail(
        to,
        'guardian-code',
        'guardian-code',
        languageOf(language),
        { ...toGuardian, code, minutesValid: codeMinutes },
        { ...toGuardian, code: '000000', minutesValid: codeMinutes },
      ),
    guardianReceipt: async (to, { language, answers, token, receipt }) =>
      mail(
        to,
        'guardian-receipt',
        'guardian-receipt',
        languageOf(language),
        { ...toGuardian, answers, href: linkTo('guardian/yes', token) },
        { ...toGuardian, answers: [], href: blank.href },
        [receipt],
      ),
    restrictionEnds: async (to, { language: wanted, endsAfter }) => {
      const language = languageOf(wanted)
      if (to.kind === 'phone') {
        if (sms === undefined) throw unavailable('sms-not-sent', 'No gateway for text messages.', 3600)
        const t = translator(language, timeZone)
        const words = (after: Date) => t('sms.restrictionEnds', { brand: brandName, after })
        const messageId = await sms.send({ to: to.number, text: words(endsAfter), kind: 'restriction-ends' })
        return { messageId, templateHash: sha256(words(blank.until)) }
      }
      return mail(
        to.address,
        'restriction-ends',
        'restriction-ends',
        language,
        { ...sender, after: endsAfter },
        { ...sender, after: blank.until },
      )
    },
  }
}
