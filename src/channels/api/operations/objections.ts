import { z } from 'zod'
import { allMarketing, objectToMarketing, objectToPurpose } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mayCarryNoToMarketing, mayWrite, ownContactChannel, ownPurpose } from '../asking.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, subField } from '../operation.ts'
import { contactChannelField } from '../shapes.ts'
import { evidenceOf, toldEvidence } from '../told-evidence.ts'

export const postObjections = operation({
  name: 'api.objections',
  method: 'POST',
  path: '/api/v1/objections',
  caller: { who: 'client', scope: 'objections:write' },
  summary: 'Record an objection',
  description:
    'The person objected to a purpose, or to all advertising (GDPR Art. 21). It counts from this moment, and needs no wording: a no is a no. Told twice it is one fact.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      purpose: described(
        z.string().min(1).max(100),
        'Id of a purpose your system is registered for, or `marketing.*`: every kind of advertising, which any system that advertises for us may carry (Art. 21(2)).',
      ),
      contact_channel: described(
        contactChannelField.optional(),
        'Left out, the objection is to every contact channel.',
      ),
      evidence: toldEvidence,
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
    const { sub, purpose, contact_channel: contactChannel, evidence } = request.body
    const registry = deps.registry.current()
    if (purpose === allMarketing) mayCarryNoToMarketing(asking, contactChannel, registry)
    else {
      const version = ownPurpose(asking, purpose, registry)
      if (contactChannel !== undefined) ownContactChannel(asking, version, contactChannel)
    }
    const subjectId = await subjectBehind(deps, asking, sub)
    const objection = {
      subjectId,
      actor: request.actor,
      evidence: evidenceOf(evidence, asking, request),
      idempotencyKey: `${asking.client.clientId} ${request.header('idempotency-key') ?? ''}`,
      controller: asking.controller,
      ...(contactChannel === undefined ? {} : { contactChannel }),
    }
    const recorded =
      purpose === allMarketing
        ? await objectToMarketing(deps.ledger, objection)
        : await objectToPurpose(deps.ledger, { ...objection, brand: asking.brand, purpose })
    return json(
      recorded.outcome === 'recorded'
        ? { outcome: 'recorded', receipt_id: recorded.receiptId }
        : { outcome: 'unchanged' },
    )
  }),
]
