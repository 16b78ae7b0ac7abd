import { z } from 'zod'
import { type StoreReceiptModel, StoreReceiptView } from '../../../views/store/receipt.tsx'
import {
  type EnrolTx,
  mailReceipt,
  type ReceiptStores,
  readReceipt,
} from '../../features/store-visits/index.ts'
import { seeOther } from '../../platform/web/answer.ts'
import { defineRoute } from '../../platform/web/define-route.ts'
import type { Route } from '../../platform/web/route.ts'
import { fieldErrorsOf, type PageExtras, type PageRequest } from '../page-renderer.ts'
import { languages, mendable } from './enrol.ts'
import { chosenStore, ownStores, staffOf } from './own-stores.ts'
import { receiptPath, storePath } from './paths.ts'
import type { StoreDeps } from './store-deps.ts'

const field = (most: number) => z.string().max(most).default('')
const body = z.strictObject({
  email: field(1_000),
  reference: field(200),
  total: field(100),
  language: field(10),
  store: field(100),
})

/** A receipt by mail. It answers alike for every address, because it looks at none. */
export const receiptRoutes = <Tx extends EnrolTx & ReceiptStores>(deps: StoreDeps<Tx>): readonly Route[] => {
  const caller = { who: 'staff', power: 'customer.assist' } as const
  const show = async (
    request: PageRequest & { readonly actor: Parameters<typeof ownStores>[1] },
    fields: StoreReceiptModel['fields'],
    extras?: PageExtras,
  ) =>
    deps.renderer.show(
      { ...request, url: receiptPath },
      StoreReceiptView,
      {
        action: receiptPath,
        homeHref: storePath,
        stores: (await ownStores(deps, request.actor, 'customer.assist')).map(({ id, name }) => ({
          id,
          name,
        })),
        fields,
      },
      extras,
    )
  return [
    defineRoute({
      name: 'store.receipt',
      method: 'GET',
      path: receiptPath,
      caller,
      query: z.object({ done: z.string().max(20).optional() }),
      answers: [200],
      handle: async (request) =>
        show(
          request,
          { email: '', reference: '', total: '', language: 'es', store: '' },
          request.query.done === 'mailed' ? { notice: { kind: 'success', key: 'flash.receipt-mailed' } } : {},
        ),
    }),
    defineRoute({
      name: 'store.receipt.send',
      method: 'POST',
      path: receiptPath,
      caller,
      body: { type: 'form', schema: body },
      answers: [303, 422, 429],
      handle: async (request) => {
        const { body: typed, evidence } = request
        const actor = staffOf(request.actor)
        const touchpointId = chosenStore(await ownStores(deps, actor, 'customer.assist'), typed.store)
        const read = readReceipt(typed)
        const issues = [
          ...('issues' in read ? read.issues : []),
          ...(languages.includes(typed.language) ? [] : [{ field: 'language', code: 'language-unknown' }]),
          ...(touchpointId === undefined ? [{ field: 'store', code: 'store-unknown' }] : []),
        ]
        if ('issues' in read || touchpointId === undefined || issues.length > 0) {
          return show(request, typed, { fieldErrors: fieldErrorsOf(issues) })
        }
        try {
          await mailReceipt(deps.receipts, {
            actor,
            evidence: { ...evidence, language: deps.renderer.languageOf(request) },
            receipt: { ...read, touchpointId, language: typed.language },
          })
        } catch (error) {
          return show(request, typed, mendable(error))
        }
        return seeOther(`${receiptPath}?done=mailed`)
      },
    }),
  ]
}
