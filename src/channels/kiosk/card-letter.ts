import { renderMail } from '../../../views/mail/render-mail.tsx'
import { type Language, translator } from '../../../views/page.tsx'
import {
  codeMinutes,
  describeSubject,
  type IdentityReads,
  parsePhoneNumber,
  receivesTexts,
  verifiedEmails,
} from '../../features/identity/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { TerminalPlace } from '../../oidc/index.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { Mailer } from '../../platform/mail/index.ts'
import type { SmsGateway } from '../../platform/sms/index.ts'

export interface CardCode {
  readonly code: string
  readonly place: TerminalPlace
  readonly language: Language
}

export interface CardLetter {
  /** By text message where there is a verified number that gets them, by mail where there is none; else nothing is sent. */
  send(subjectId: SubjectId, code: CardCode): Promise<void>
}

/** Says for which screen the code is, so that whoever is asked for it by somebody else knows better. */
export const cardLetter = (deps: {
  readonly mailer: Pick<Mailer, 'send'>
  readonly sms: SmsGateway | undefined
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly brandName: string
  readonly timeZone: string
}): CardLetter => ({
  async send(subjectId, { code, place, language }) {
    const { mailer, sms, brandName, timeZone } = deps
    const subject = await describeSubject(deps, subjectId)
    if (subject?.state !== 'active') return
    const number = subject.identifiers
      .filter(({ kind, verifiedAt }) => kind === 'phone' && verifiedAt !== undefined)
      .map(({ value }) => parsePhoneNumber(value))
      .find((one) => one !== undefined && receivesTexts(one))
    const [to] = verifiedEmails(subject.identifiers)
    const where = { kiosk: place.label, store: place.store }
    if (number !== undefined && sms !== undefined) {
      try {
        const text = translator(language, timeZone)('sms.kioskCode', { code, brand: brandName, ...where })
        await sms.send({ to: number, text, kind: 'kiosk-code' })
        return
      } catch (error) {
        if (to === undefined) throw error
      }
    }
    if (to === undefined) return
    const model = { brandName, code, minutesValid: codeMinutes, purpose: 'kiosk' as const, where }
    await mailer.send({ to, kind: 'code-kiosk', ...renderMail('code', model, language, timeZone) })
  },
})
