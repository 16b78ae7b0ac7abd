import { z } from 'zod'
import { objectToPurpose } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mayWrite, ownPurpose } from '../asking.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, purposeField, subField } from '../operation.ts'

export const postObjections = operation({
  name: 'api.objections',
  method: 'POST',
  path: '/api/v1/objections',
  caller: { who: 'client', scope: 'objections:write' },
  summary: 'Record an objection',
  description:
    'The person objected to a purpose (GDPR Art. 21), on every contact channel. It counts from this moment. Told twice it is one fact.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      purpose: purposeField,
      evidence: z.strictObject({
        channel: z.enum(['web', 'app', 'kiosk', 'call-centre', 'store']),
        surface: described(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/), 'Your name for where it was said.'),
        language: z.string().min(2).max(35),
        touchpoint: z.string().min(1).max(100).optional(),
      }),
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: '`unchanged` when the same objection stands already.',
      schema: z.object({ outcome: z.enum(['recorded', 'unchanged']), receipt_id: z.string().optional() }),
    },
  },
  example: {
    body: {
      sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
      purpose: 'marketing.direct',
      evidence: { channel: 'call-centre', surface: 'inbound-call', language: 'es', touchpoint: 'desk-4' },
    },
    status: 200,
    answer: { outcome: 'recorded', receipt_id: '0199a1b2-0000-7000-8000-000000000001' },
  },
})

export const objectionRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postObjections, async (asking, request) => {
    mayWrite(asking)
    const { sub, purpose, evidence } = request.body
    ownPurpose(asking, purpose, deps.registry.current())
    const subjectId = await subjectBehind(deps, asking, sub)
    const { touchpoint, ...told } = evidence
    const recorded = await objectToPurpose(deps.ledger, {
      subjectId,
      actor: request.actor,
      evidence: {
        ...told,
        ...(touchpoint === undefined ? {} : { touchpoint }),
        clientId: asking.client.clientId,
        requestId: request.requestId,
      },
      idempotencyKey: `${asking.client.clientId} ${request.header('idempotency-key') ?? ''}`,
      controller: asking.controller,
      brand: asking.brand,
      purpose,
    })
    return json(
      recorded.outcome === 'recorded'
        ? { outcome: 'recorded', receipt_id: recorded.receiptId }
        : { outcome: 'unchanged' },
    )
  }),
]
