import { renderToString } from 'preact-render-to-string'
import { type Translate, translator } from '../locales/translator.ts'
import type { Language } from '../page-context.ts'
import { type AccountExistsMail, accountExists } from './account-exists.ts'
import { type CallApprovalMail, callApproval } from './call-approval.ts'
import { type CallChoicesMail, callChoices } from './call-choices.ts'
import { type CallCodeMail, callCode } from './call-code.ts'
import { type CodeMail, code } from './code.ts'
import { type ConfirmConsentMail, confirmConsent } from './confirm-consent.ts'
import { type ConsentReceiptMail, consentReceipt } from './consent-receipt.ts'
import {
  type GuardianCodeMail,
  type GuardianMail,
  type GuardianReceiptMail,
  guardianCode,
  guardianInvitation,
  guardianReceipt,
} from './guardian.ts'
import { type MailContent, MailDocument, textOf } from './mail-document.tsx'
import { type RequestReceivedMail, requestReceived } from './request-received.ts'
import { type RestrictionEndsMail, restrictionEnds } from './restriction-ends.ts'
import { type SecurityNoticeMail, securityNotice } from './security-notice.ts'
import {
  type StoreAccountMail,
  type StoreEnrolmentMail,
  storeAccount,
  storeEnrolment,
} from './store-enrolment.ts'
import { type StoreReceiptMail, storeReceipt } from './store-receipt.ts'
import { type TillCodeMail, tillCode } from './till-code.ts'

interface MailModels {
  code: CodeMail
  'account-exists': AccountExistsMail
  'security-notice': SecurityNoticeMail
  'call-approval': CallApprovalMail
  'call-code': CallCodeMail
  'call-choices': CallChoicesMail
  'consent-receipt': ConsentReceiptMail
  'confirm-consent': ConfirmConsentMail
  'guardian-invitation': GuardianMail
  'guardian-code': GuardianCodeMail
  'guardian-receipt': GuardianReceiptMail
  'restriction-ends': RestrictionEndsMail
  'store-enrolment': StoreEnrolmentMail
  'store-account': StoreAccountMail
  'store-receipt': StoreReceiptMail
  'till-code': TillCodeMail
  'request-received': RequestReceivedMail
}

const templates: {
  readonly [Template in keyof MailModels]: (model: MailModels[Template], t: Translate) => MailContent
} = {
  code,
  'account-exists': accountExists,
  'security-notice': securityNotice,
  'call-approval': callApproval,
  'call-code': callCode,
  'call-choices': callChoices,
  'consent-receipt': consentReceipt,
  'confirm-consent': confirmConsent,
  'guardian-invitation': guardianInvitation,
  'guardian-code': guardianCode,
  'guardian-receipt': guardianReceipt,
  'restriction-ends': restrictionEnds,
  'store-enrolment': storeEnrolment,
  'store-account': storeAccount,
  'store-receipt': storeReceipt,
  'till-code': tillCode,
  'request-received': requestReceived,
}

export type MailTemplate = keyof MailModels
export type MailModel<Template extends MailTemplate> = MailModels[Template]

export interface RenderedMail {
  readonly subject: string
  readonly html: string
  readonly text: string
}

/** Both parts are made of the same blocks, so they can never say different things. */
export function renderMail<Template extends MailTemplate>(
  template: Template,
  model: MailModel<Template>,
  language: Language,
  timeZone?: string,
): RenderedMail {
  const t = translator(language, timeZone)
  const content = templates[template](model, t)
  const html = renderToString(<MailDocument content={content} language={language} t={t} />)
  return { subject: content.subject, html: `<!doctype html>${html}`, text: textOf(content, t) }
}
