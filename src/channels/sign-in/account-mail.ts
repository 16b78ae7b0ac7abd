import { renderMail } from '../../../views/mail/render-mail.tsx'
import type { Language } from '../../../views/page.tsx'
import {
  codeMinutes,
  describeSubject,
  type EmailAddress,
  type IdentityReads,
  verifiedEmails,
} from '../../features/identity/index.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { Mailer } from '../../platform/mail/index.ts'

export interface SecurityNews {
  readonly event:
    | 'passkey-added'
    | 'passkey-removed'
    | 'password-set'
    | 'password-changed'
    | 'new-sign-in'
    | 'notifications-on'
  readonly at: Date
  /** Name of the passkey it is about. */
  readonly detail?: string
  readonly evidence: Evidence
}

/** The mails an account's own safety needs. None of them carries anything else. */
export interface AccountMail {
  code(
    to: EmailAddress,
    mail: {
      readonly purpose: 'sign-in' | 'create-account' | 'account-exists'
      readonly code: string
      readonly language: Language
    },
  ): Promise<void>
  /** To every verified address of the account, in its own language (R76, R78). */
  tell(subjectId: SubjectId, news: SecurityNews): Promise<void>
}

export function accountMail(deps: {
  readonly mailer: Mailer
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly brandName: string
  readonly helpHref?: string
  /** Of the controller's seat, in which every date is told. */
  readonly timeZone: string
  /** Absolute: it is read outside. */
  readonly securityHref: string
}): AccountMail {
  const { mailer, brandName, securityHref, timeZone } = deps
  const sender = { brandName, ...(deps.helpHref === undefined ? {} : { helpHref: deps.helpHref }) }
  return {
    code: async (to, { purpose, code, language }) => {
      const model = { ...sender, code, minutesValid: codeMinutes }
      const mail =
        purpose === 'account-exists'
          ? renderMail('account-exists', model, language, timeZone)
          : renderMail('code', { ...model, purpose }, language, timeZone)
      await mailer.send({ to, kind: `code-${purpose}`, ...mail })
    },
    tell: async (subjectId, { event, at, detail, evidence }) => {
      const subject = await describeSubject(deps, subjectId)
      if (subject === undefined) return
      const { userAgentFamily: device, network: place } = evidence
      const mail = renderMail(
        'security-notice',
        {
          ...sender,
          event,
          at,
          securityHref,
          ...(detail === undefined ? {} : { detail }),
          ...(device === undefined ? {} : { device }),
          ...(place === undefined ? {} : { place }),
        },
        subject.language.startsWith('en') ? 'en' : 'es',
        timeZone,
      )
      for (const to of verifiedEmails(subject.identifiers)) {
        await mailer.send({ to, kind: `security-${event}`, ...mail })
      }
    },
  }
}
