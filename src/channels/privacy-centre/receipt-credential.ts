import { z } from 'zod'
import { credentialMediaType, findReceipt, issueReceiptCredential } from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { type ConsentEventId, parseId, type ReceiptId } from '../../kernel/ids.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

/**
 * A receipt as a credential, whole or opened at one decision. Its holder's own, like every form of it; where the house gives
 * out no credentials, there is none of anybody's.
 */
export const receiptCredentialRoutes = (deps: PrivacyCentreDeps): readonly Route[] => [
  defineRoute({
    name: 'privacy-centre.receipt.credential',
    method: 'GET',
    path: '/privacy/receipts/:receipt.sd-jwt',
    caller: { who: 'subject' },
    params: z.strictObject({
      receipt: z.custom<ReceiptId>((value) => parseId(value) !== undefined),
    }),
    query: z.object({
      event: z.custom<ConsentEventId>((value) => parseId(value) !== undefined).optional(),
    }),
    answers: [200],
    handle: async (request) => {
      const receiptId = request.params.receipt
      const question = { subjectId: subjectOf(request), receiptId }
      const found = deps.credentials ? await findReceipt(deps.ledger, question) : undefined
      const body = found && (await issueReceiptCredential(deps.ledger, found, request.query.event))
      if (body === undefined) throw notFound('receipt-unknown', 'There is no such receipt.')
      return {
        kind: 'file',
        status: 200,
        type: credentialMediaType,
        body,
        downloadAs: `placet-${receiptId}.sd-jwt`,
      }
    },
  }),
]
