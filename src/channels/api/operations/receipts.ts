import { z } from 'zod'
import { findReceipt } from '../../../features/consent/index.ts'
import { notFound } from '../../../kernel/errors.ts'
import { parseId } from '../../../kernel/ids.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { ownPurposes } from '../asking.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, instant, operation, subField } from '../operation.ts'

export const readReceipt = operation({
  name: 'api.receipt',
  method: 'GET',
  path: '/api/v1/receipts/:receipt',
  caller: { who: 'client', scope: 'receipts:read' },
  summary: 'Read a receipt',
  description:
    'The signed receipt of one act, as the person has it (ISO/IEC TS 27560). A receipt that also speaks of purposes that are not yours is not given out.',
  params: z.strictObject({ receipt: z.string().min(1).max(64) }),
  query: z.strictObject({ sub: subField }),
  answers: [200],
  responses: {
    200: {
      description: 'The receipt.',
      schema: z.object({
        receipt_id: z.string(),
        issued_at: instant,
        jws: described(
          z.string(),
          'Compact JWS; verify it with the keys at /.well-known/placet-receipt-keys, which stay published for good.',
        ),
      }),
    },
  },
  example: {
    params: { receipt: '0199a1b2-0000-7000-8000-000000000001' },
    query: { sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o' },
    status: 200,
    answer: {
      receipt_id: '0199a1b2-0000-7000-8000-000000000001',
      issued_at: '2026-11-22T10:00:00.000Z',
      jws: 'eyJhbGciOiJFUzI1NiJ9.eyJyZWNlaXB0Ijp7fX0.c2lnbmF0dXJl',
    },
  },
})

export const receiptRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, readReceipt, async (asking, { params, query }) => {
    const subjectId = await subjectBehind(deps, asking, query.sub)
    const receiptId = parseId<'receipt'>(params.receipt)
    const { records } = deps.ledger
    const found =
      receiptId === undefined
        ? undefined
        : await findReceipt({ records, sealer: deps.receiptSealer }, { subjectId, receiptId })
    const own = new Set(ownPurposes(asking, deps.registry.current()).map(({ purpose }) => purpose))
    if (found === undefined || !found.claims.events.every(({ purpose }) => own.has(purpose.id))) {
      throw notFound('receipt-unknown', 'There is no such receipt among your purposes.')
    }
    return json({ receipt_id: found.receiptId, issued_at: found.issuedAt.toISOString(), jws: found.jws })
  }),
]
