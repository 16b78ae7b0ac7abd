import { z } from 'zod'
import { type ReceiptModel, ReceiptView } from '../../../views/privacy-centre/receipt.tsx'
import {
  type FoundReceipt,
  findReceipt,
  isOnlyClaimed,
  purposeTitle,
  type ReceiptEntry,
  type ReceiptWithProof,
  receiptWithProof,
} from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { channels } from '../../kernel/evidence.ts'
import { parseId, type ReceiptId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { labelOf } from '../purpose-cards.ts'
import { contactChannelOf } from '../saved-choices.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

type ShownState = ReceiptModel['state']
const shownStates: readonly ShownState[] = ['given', 'refused', 'withdrawn', 'confirmed']
const shownState = (state: string): ShownState | undefined => shownStates.find((known) => known === state)

/** Answers have a page of their own; what was put off or objected to is told by the signed file. */
export const hasReceiptPage = (type: string): boolean => shownState(type) !== undefined

/** A receipt does not name who works for us; that it was said by telephone it does. */
const claimedBy = ({ capture }: ReceiptEntry): ShownState =>
  capture?.channel === 'call-centre' ? 'noted' : 'claimed'

const party = z.object({
  party_name: z.string(),
  party_address: z.string(),
  party_contact: z.string(),
  party_url: z.string().optional(),
})

const signedLog = z.object({ size: z.number(), root: z.string() })
const decodeJws = (jws: string): unknown =>
  JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'))

const params = z.strictObject({ receipt: z.custom<ReceiptId>((value) => parseId(value) !== undefined) })

async function receiptOf(
  deps: PrivacyCentreDeps,
  request: GuardedRequest<{ receipt: ReceiptId }, unknown, unknown>,
): Promise<FoundReceipt> {
  const found = await findReceipt(deps.ledger, {
    subjectId: subjectOf(request),
    receiptId: request.params.receipt,
  })
  if (found === undefined) throw notFound('receipt-unknown', 'There is no such receipt.')
  return found
}

/** Where the act stands in the log, once a checkpoint covers it. */
function placeOf(
  { record_id }: ReceiptEntry,
  { proofs, erased }: ReceiptWithProof['proven'],
  { checkpoint }: ReceiptWithProof['file'],
): Pick<ReceiptModel, 'proof' | 'erased'> {
  if (erased.some((eventId) => eventId === record_id)) return { erased: true }
  const row = proofs.find((proof) => proof.record_id === record_id)?.entry
  if (row === undefined || checkpoint === null) return {}
  const { size, root } = signedLog.parse(decodeJws(checkpoint))
  return { proof: { log: row.log, index: row.seq, size, root } }
}

/** Beside the file with its proof: the same receipt for programs, and for whoever wants to show a part of it only. */
function formatsOf(
  { credentials }: PrivacyCentreDeps,
  receiptId: ReceiptId,
  { record_id }: ReceiptEntry,
): ReceiptModel['formats'] {
  const href = `/privacy/receipts/${receiptId}`
  return [
    { format: 'jws', href: `${href}.jws` },
    { format: 'jsonld', href: `${href}.jsonld` },
    ...(credentials
      ? ([
          { format: 'credential', href: `${href}.sd-jwt` },
          { format: 'oneDecision', href: `${href}.sd-jwt?event=${record_id}` },
        ] as const)
      : []),
  ]
}

/** The page is made of the signed document and not of our tables: it shows what the person can prove. */
function modelOf(
  deps: PrivacyCentreDeps,
  { receipt: found, proven, file }: ReceiptWithProof,
  entry: ReceiptEntry,
  state: ShownState,
  language: string,
): ReceiptModel {
  const registry = deps.ledger.registry.current()
  const [title = '', ...words] = entry.wording.split('\n\n')
  const controller = party.parse(found.claims.controllers[0])
  const authority = party.parse(found.claims.authority_party)
  const [noticeId = '', version = ''] = entry.privacy_notice.split('/')
  // A no to what has no text any more stands alone: its words are a statement of ours, and name no purpose.
  const answersText = entry.notice_sha256 !== ''
  return {
    id: found.receiptId,
    state,
    at: new Date(entry.event_time),
    receivedAt: entry.received_time === undefined ? undefined : new Date(entry.received_time),
    purpose: answersText ? title : purposeTitle(registry, entry.purpose.id, language),
    contactChannel: contactChannelOf(entry.purpose.channel),
    notice: {
      id: noticeId,
      version,
      language: entry.language,
      hash: entry.notice_sha256,
      text: answersText ? words.join(' ') : entry.wording,
    },
    data: entry.pii.map((attribute) => labelOf(registry, attribute, language)),
    recipients: entry.recipient_third_parties,
    controller: {
      name: controller.party_name,
      contact: controller.party_contact,
      address: controller.party_address,
    },
    channel: channels.find((known) => known === entry.capture?.channel) ?? 'api',
    authority: { name: authority.party_name, href: authority.party_url },
    downloadHref: `/privacy/receipts/${found.receiptId}.json`,
    formats: formatsOf(deps, found.receiptId, entry),
    verifyHref: '/verify',
    ...placeOf(entry, proven, file),
  }
}

/** Receipts, to read and to keep. */
export const receiptRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.receipt.file',
    method: 'GET',
    path: '/privacy/receipts/:receipt.jws',
    caller: { who: 'subject' },
    params,
    answers: [200],
    handle: async (request) => {
      const { receiptId, jws } = await receiptOf(deps, request)
      return {
        kind: 'file',
        status: 200,
        type: 'application/jose',
        body: jws,
        downloadAs: `placet-${receiptId}.jws`,
      }
    },
  }),
  defineRoute({
    name: 'privacy-centre.receipt',
    method: 'GET',
    path: '/privacy/receipts/:receipt',
    caller: { who: 'subject' },
    params,
    query: z.object({ event: z.string().max(64).optional() }),
    answers: [200],
    handle: async (request) => {
      const found = await receiptWithProof(deps.proofs, {
        subjectId: subjectOf(request),
        receiptId: request.params.receipt,
      })
      if (found === undefined) throw notFound('receipt-unknown', 'There is no such receipt.')
      const { events } = found.receipt.claims
      const asked = request.query.event
      const entry =
        asked === undefined
          ? events.find(({ state }) => hasReceiptPage(state))
          : events.find(({ record_id }) => record_id === asked)
      const state = entry && (isOnlyClaimed(entry) ? claimedBy(entry) : shownState(entry.state))
      if (entry === undefined || state === undefined) {
        throw notFound('receipt-unknown', 'There is no such receipt.')
      }
      const language = deps.renderer.languageOf(request)
      return deps.renderer.show(request, ReceiptView, modelOf(deps, found, entry, state, language))
    },
  }),
]
