import { z } from 'zod'
import { allMarketing, objectToMarketing, objectToPurpose } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mayCarryNoToMarketing, mayWrite, ownContactChannel, ownPurpose } from '../asking.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, subField } from '../operation.ts'
import { contactChannelField } from '../shapes.ts'
import { clockSkewField, readToldAct, toldTimes } from '../told-act.ts'
import { toldEvidence } from '../told-evidence.ts'

export const postObjections = operation({
  name: 'api.objections',
  method: 'POST',
  path: '/api/v1/objections',
  caller: { who: 'client', scope: 'objections:write' },
  summary: 'Record an objection',
  description:
    'The person objected to a purpose, or to all advertising (GDPR Art. 21). It counts from when it was said, and needs no wording: a no is a no, whatever else is missing. Told twice it is one fact.',
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
      ...toldTimes,
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: '`unchanged` when the same objection stands already.',
      schema: z.object({
        outcome: described(
          z.enum(['recorded', 'unchanged', 'already-recorded']),
          '`already-recorded`: the device told this before.',
        ),
        receipt_id: z.string().optional(),
        out_of_order: described(
          z.boolean().optional(),
          'True where the counter of the device did not grow; recorded all the same.',
        ),
        clock_skew: clockSkewField,
      }),
    },
  },
  example: {
    body: {
      sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
      purpose: 'marketing.direct',
      evidence: {
        channel: 'call-centre',
        surface: 'inbound-call',
        language: 'es',
        touchpoint: 'desk-4',
        agent: 'a-17',
        call_reference: 'c-0417',
      },
      occurred_at: '2026-11-22T10:58:00+01:00',
    },
    status: 200,
    answer: { outcome: 'recorded', receipt_id: '0199a1b2-0000-7000-8000-000000000001' },
  },
})

export const objectionRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postObjections, async (asking, request) => {
    mayWrite(asking)
    const { sub, purpose, contact_channel: contactChannel } = request.body
    const registry = deps.registry.current()
    if (purpose === allMarketing) mayCarryNoToMarketing(asking, contactChannel, registry)
    else {
      const version = ownPurpose(asking, purpose, registry)
      if (contactChannel !== undefined) ownContactChannel(asking, version, contactChannel)
    }
    const subjectId = await subjectBehind(deps, asking, sub)
    const told = await readToldAct(deps.told, asking, request, { yes: false, no: true })
    const skew = told.clockSkew === undefined ? {} : { clock_skew: told.clockSkew }
    if (told.before !== undefined) {
      const { receiptId } = told.before
      return json({
        outcome: 'already-recorded',
        ...(receiptId === undefined ? {} : { receipt_id: receiptId }),
        ...skew,
      })
    }
    const objection = {
      subjectId,
      actor: request.actor,
      evidence: told.evidence,
      particulars: told.particulars,
      ...(told.when === undefined ? {} : { actedAt: told.when.noAt }),
      idempotencyKey: told.idempotencyKey,
      controller: asking.controller,
      ...(contactChannel === undefined ? {} : { contactChannel }),
    }
    const recorded =
      purpose === allMarketing
        ? await objectToMarketing(deps.ledger, objection)
        : await objectToPurpose(deps.ledger, { ...objection, brand: asking.brand, purpose })
    const receipt = recorded.outcome === 'recorded' ? { receiptId: recorded.receiptId } : {}
    await told.settle(receipt)
    return json({
      outcome: recorded.outcome,
      ...(receipt.receiptId === undefined ? {} : { receipt_id: receipt.receiptId }),
      ...(told.outOfOrder ? { out_of_order: true } : {}),
      ...skew,
    })
  }),
]
