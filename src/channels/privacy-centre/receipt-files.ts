import { z } from 'zod'
import { receiptJsonLd, receiptWithProof } from '../../features/consent/index.ts'
import { notFound } from '../../kernel/errors.ts'
import { parseId, type ReceiptId } from '../../kernel/ids.ts'
import { json } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { GuardedRequest, Route } from '../../platform/web/route.ts'
import { type PrivacyCentreDeps, subjectOf } from './privacy-deps.ts'

const params = z.strictObject({ receipt: z.custom<ReceiptId>((value) => parseId(value) !== undefined) })

/**
 * A receipt as files and as its proof. They are the holder's own and nobody else's, even of somebody who knows the
 * number: a proof tells when something was recorded. Whoever was handed the file has the proof in it.
 */
export function receiptFileRoutes(deps: PrivacyCentreDeps): readonly Route[] {
  const find = async (request: GuardedRequest<{ receipt: ReceiptId }, unknown, unknown>) => {
    const question = { subjectId: subjectOf(request), receiptId: request.params.receipt }
    const found = await receiptWithProof(deps.proofs, question)
    if (found === undefined) throw notFound('receipt-unknown', 'There is no such receipt.')
    return found
  }
  const ofItsHolder = { method: 'GET', caller: { who: 'subject' }, params, answers: [200] } as const
  return [
    defineRoute({
      ...ofItsHolder,
      name: 'privacy-centre.receipt.proof',
      path: '/receipts/:receipt/proof',
      handle: async (request) => json((await find(request)).proven),
    }),
    defineRoute({
      ...ofItsHolder,
      name: 'privacy-centre.receipt.with-proof',
      path: '/privacy/receipts/:receipt.json',
      handle: async (request) => ({
        kind: 'file',
        status: 200,
        type: 'application/json',
        body: JSON.stringify((await find(request)).file, null, 2),
        downloadAs: `placet-${request.params.receipt}.json`,
      }),
    }),
    defineRoute({
      ...ofItsHolder,
      name: 'privacy-centre.receipt.json-ld',
      path: '/privacy/receipts/:receipt.jsonld',
      handle: async (request) => {
        const { receipt } = await find(request)
        const signed = { issuer: deps.ledger.signer.issuer, jws: receipt.jws }
        return {
          kind: 'file',
          status: 200,
          type: 'application/ld+json',
          body: JSON.stringify(receiptJsonLd(receipt.claims, signed), null, 2),
          downloadAs: `placet-${request.params.receipt}.jsonld`,
        }
      },
    }),
  ]
}
