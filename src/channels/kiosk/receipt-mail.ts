import { renderMail } from '../../../views/mail/render-mail.tsx'
import type { Language } from '../../../views/page.tsx'
import type { SavedChoice } from '../../../views/sign-in/saved-choices.tsx'
import { describeSubject, type IdentityReads, verifiedEmails } from '../../features/identity/index.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { SubjectSealer } from '../../platform/crypto/index.ts'
import type { Mailer } from '../../platform/mail/index.ts'

export interface ToldReceipt {
  readonly receiptId: string
  readonly at: Date
  readonly touchpoint: string
  readonly choices: readonly SavedChoice[]
  readonly language: Language
}

/** What was decided at a kiosk, told where only the person reads it: they leave the screen with nothing in their hand. */
export interface ReceiptMail {
  /** Sends it, after the answer; false when there is no verified mailbox to send it to. */
  send(subjectId: SubjectId, receipt: ToldReceipt): Promise<boolean>
}

export const receiptMail = (deps: {
  readonly mailer: Pick<Mailer, 'send'>
  readonly reads: IdentityReads
  readonly sealer: SubjectSealer
  readonly brandName: string
  readonly timeZone: string
  readonly issuer: URL
  readonly later: (act: () => Promise<void>) => void
}): ReceiptMail => ({
  send: async (subjectId, { receiptId, at, touchpoint, choices, language }) => {
    const subject = await describeSubject(deps, subjectId)
    const mailboxes = subject === undefined ? [] : verifiedEmails(subject.identifiers)
    const mail = renderMail(
      'consent-receipt',
      {
        brandName: deps.brandName,
        at,
        channel: 'kiosk',
        touchpoint,
        choices,
        receiptHref: `${deps.issuer.origin}/privacy/receipts/${receiptId}`,
        permissionsHref: `${deps.issuer.origin}/privacy/permissions`,
      },
      language,
      deps.timeZone,
    )
    for (const to of mailboxes) {
      deps.later(async () => {
        await deps.mailer.send({ to, kind: 'consent-receipt', ...mail })
      })
    }
    return mailboxes.length > 0
  },
})
