import { z } from 'zod'
import { type ReceiptModel, ReceiptView } from '../../../views/privacy-centre/receipt.tsx'
import { type FoundReceipt, findReceipt, type ReceiptEntry } from '../../features/consent/index.ts'
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

const party = z.object({
  party_name: z.string(),
  party_address: z.string(),
  party_contact: z.string(),
  party_url: z.string().optional(),
})

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

/** The page is made of the signed document and not of our tables: it shows what the person can prove. */
function modelOf(
  deps: PrivacyCentreDeps,
  found: FoundReceipt,
  entry: ReceiptEntry,
  state: ShownState,
  language: string,
): ReceiptModel {
  const registry = deps.ledger.registry.current()
  const [title = '', ...words] = entry.wording.split('\n\n')
  const controller = party.parse(found.claims.controllers[0])
  const authority = party.parse(found.claims.authority_party)
  const [noticeId = '', version = ''] = entry.privacy_notice.split('/')
  return {
    id: found.receiptId,
    state,
    at: new Date(entry.event_time),
    purpose: title,
    contactChannel: contactChannelOf(entry.purpose.channel),
    notice: {
      id: noticeId,
      version,
      language: entry.language,
      hash: entry.notice_sha256,
      text: words.join(' '),
    },
    data: entry.pii.map((attribute) => labelOf(registry, attribute, language)),
    recipients: entry.recipient_third_parties,
    controller: {
      name: controller.party_name,
      contact: controller.party_contact,
      address: controller.party_address,
    },
    channel: channels.find((known) => known === entry.capture?.channel) ?? 'api',
    authority: { name: authority.party_name, href: authority.party_url ?? 'https://www.aepd.es' },
    downloadHref: `/privacy/receipts/${found.receiptId}.jws`,
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
      const found = await receiptOf(deps, request)
      const { events } = found.claims
      const asked = request.query.event
      const entry =
        asked === undefined
          ? events.find(({ state }) => hasReceiptPage(state))
          : events.find(({ record_id }) => record_id === asked)
      const state = entry && shownState(entry.state)
      if (entry === undefined || state === undefined) {
        throw notFound('receipt-unknown', 'There is no such receipt.')
      }
      const language = deps.renderer.languageOf(request)
      return deps.renderer.show(request, ReceiptView, modelOf(deps, found, entry, state, language))
    },
  }),
]
