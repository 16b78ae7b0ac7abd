import { z } from 'zod'
import { type PurchaseId, recordPurchase } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mustBeOurs } from '../asking.ts'
import { contactPointOf, keptBy } from '../circumstances.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, instant, operation, subField } from '../operation.ts'
import { contactAddress, idField, keptShape } from '../shapes.ts'

export const postPurchases = operation({
  name: 'api.purchases',
  method: 'POST',
  path: '/api/v1/purchases',
  caller: { who: 'client', scope: 'purchases:write' },
  summary: 'Record a sale',
  description:
    'A sale may carry advertising for what is like it (LSSI 21.2), if the person could say no when their address was taken. It is never a consent. Reported by clients of the house itself; the same sale told twice is one.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      purchase_id: idField('Made by you for the sale, such as a UUIDv7 kept with the order.'),
      category: described(
        z.string().regex(/^[a-z][a-z0-9_-]{0,59}$/),
        'Family of products it belongs to, as campaigns name theirs.',
      ),
      opt_out_offered: described(
        z.boolean(),
        'Whether a way to refuse advertising stood beside the field where the address was taken.',
      ),
      address: contactAddress.optional(),
      bought_at: instant,
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: { 200: { description: '`unchanged` when the sale was known.', schema: keptShape } },
  example: {
    body: {
      sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
      purchase_id: '0199a1b2-0000-7000-8000-000000000002',
      category: 'fashion',
      opt_out_offered: true,
      bought_at: '2026-11-20T17:05:00Z',
    },
    status: 200,
    answer: { outcome: 'recorded' },
  },
})

export const purchaseRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postPurchases, async (asking, request) => {
    mustBeOurs(asking)
    const { sub, purchase_id: id, category, opt_out_offered: optOutOffered, address } = request.body
    const subjectId = await subjectBehind(deps, asking, sub)
    return json(
      await recordPurchase(deps.circumstances, {
        ...keptBy(asking, request, subjectId),
        ...(await contactPointOf(deps, subjectId, address)),
        purchaseId: id as PurchaseId,
        controller: asking.controller,
        category,
        optOutOffered,
        boughtAt: new Date(request.body.bought_at),
      }),
    )
  }),
]
