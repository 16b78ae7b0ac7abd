import { z } from 'zod'
import { type ProofFields, ProofView } from '../../../views/staff/proof.tsx'
import {
  type ConsentProof,
  type ConsentRegistry,
  type LedgerVerificationReads,
  lastLedgerVerification,
  type ProofQuestion,
  type ProveConsentParts,
  proveConsent,
  purposeTitle,
} from '../../features/consent/index.ts'
import { parseEmailAddress } from '../../features/identity/index.ts'
import { type FieldIssue, notFound } from '../../kernel/errors.ts'
import { contactChannels } from '../../kernel/evidence.ts'
import { parseId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRenderer, type PageRequest } from '../page-renderer.ts'
import { provenActModel } from './proven-act.ts'

export interface ProofDeps {
  readonly renderer: PageRenderer
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly proof: ProveConsentParts
  readonly verifications: LedgerVerificationReads
}

const field = (most: number) => z.string().max(most).default('')

const search = z.strictObject({
  receipt: field(100),
  email: field(320),
  purpose: field(200),
  contact_channel: field(40),
  day: field(10),
  reason: field(500),
  /** The last act of the page before. */
  before: field(100),
})

const blank: ProofFields = { receipt: '', email: '', purpose: '', contact_channel: '', day: '', reason: '' }

const writable = contactChannels.filter((channel) => channel !== 'none')

/** A day there is: the thirtieth of February is read as the second of March, which it is not. */
const aDay = (text: string): boolean => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** What the form asks, or what is wrong with it. */
function questionOf(fields: ProofFields): ProofQuestion | readonly FieldIssue[] {
  if (fields.reason.trim() === '') return [{ field: 'reason', code: 'reason-missing' }]
  if (fields.receipt.trim() !== '') {
    const receiptId = parseId<'receipt'>(fields.receipt.trim().toLowerCase())
    if (receiptId === undefined) return [{ field: 'receipt', code: 'receipt-id-invalid' }]
    return { by: 'receipt', receiptId }
  }
  if (fields.email.trim() === '' || fields.purpose === '' || fields.day === '') {
    return [{ field: 'receipt', code: 'proof-question-missing' }]
  }
  const email = parseEmailAddress(fields.email)
  if (email === undefined) return [{ field: 'email', code: 'email-invalid' }]
  if (!aDay(fields.day)) return [{ field: 'day', code: 'date-invalid' }]
  return {
    by: 'person',
    email,
    purpose: fields.purpose,
    contactChannel: writable.find((channel) => channel === fields.contact_channel),
    day: fields.day,
  }
}

const unknownAct = () => notFound('proof-unknown', 'There is no such act.')

const isWrong = (asked: ProofQuestion | readonly FieldIssue[]): asked is readonly FieldIssue[] =>
  Array.isArray(asked)

export function proofRoutes({ renderer, registry, proof, verifications }: ProofDeps): readonly Route[] {
  const show = async (
    request: PageRequest,
    fields: ProofFields,
    found?: ConsentProof,
    extras?: PageExtras,
  ) => {
    const language = renderer.languageOf(request)
    const last = await lastLedgerVerification(verifications)
    const known = registry.current()
    return renderer.show(
      request,
      ProofView,
      {
        fields,
        purposes: [...known.purposes.keys()].map((id) => ({ id, title: purposeTitle(known, id, language) })),
        contactChannels: writable,
        ledger: last && { at: last.verifiedAt, faults: last.faults },
        found: found && {
          stoodBefore: found.stoodBefore,
          stood: found.stood,
          erased: found.erased,
          repeated: found.repeated,
          next: found.next,
          acts: found.acts.map((act) => provenActModel(act, known, language)),
        },
      },
      extras,
    )
  }
  return [
    defineRoute({
      name: 'staff.proof',
      method: 'GET',
      path: '/staff/proof',
      caller: { who: 'staff', power: 'evidence.read' },
      answers: [200],
      handle: async (request) => show(request, blank),
    }),
    defineRoute({
      // Asked by POST: an e-mail address has no place in an address that browsers and proxies keep.
      name: 'staff.proof.search',
      method: 'POST',
      path: '/staff/proof',
      caller: { who: 'staff', power: 'evidence.read' },
      body: { type: 'form', schema: search },
      answers: [200, 422],
      handle: async (request) => {
        const { before: last, ...fields } = request.body
        const question = questionOf(fields)
        if (isWrong(question)) {
          return show(request, fields, undefined, { fieldErrors: fieldErrorsOf(question) })
        }
        const { actor, evidence } = request
        const before = parseId<'consent-event'>(last)
        const found = await proveConsent(proof, { actor, evidence, reason: fields.reason, question, before })
        return show(request, fields, found)
      },
    }),
    defineRoute({
      name: 'staff.proof.file',
      method: 'POST',
      path: '/staff/proof/file',
      caller: { who: 'staff', power: 'evidence.read' },
      body: {
        type: 'form',
        schema: z.strictObject({ receipt: field(100), record: field(100), reason: field(500) }),
      },
      answers: [200, 422],
      handle: async (request) => {
        const { receipt, record, reason } = request.body
        const question = questionOf({ ...blank, receipt, reason })
        if (isWrong(question)) {
          const fields = { ...blank, receipt, reason }
          return show(request, fields, undefined, { fieldErrors: fieldErrorsOf(question) })
        }
        const { actor, evidence } = request
        const only = parseId<'consent-event'>(record)
        if (question.by !== 'receipt' || only === undefined) throw unknownAct()
        const { acts } = await proveConsent(proof, {
          actor,
          evidence,
          reason,
          question: { ...question, only },
        })
        const [act] = acts
        if (act === undefined) throw unknownAct()
        return {
          kind: 'file',
          status: 200,
          type: 'application/json',
          body: JSON.stringify(act.file, null, 2),
          downloadAs: `placet-proof-${record}.json`,
        }
      },
    }),
  ]
}
