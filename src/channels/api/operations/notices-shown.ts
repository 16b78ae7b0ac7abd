import { z } from 'zod'
import { recordShown } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mayWrite, ownContactChannel, ownPurpose } from '../asking.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, purposeField, subField } from '../operation.ts'
import { contactChannelField, noticeReference } from '../shapes.ts'
import { evidenceOf, toldPlace } from '../told-evidence.ts'

export const postNoticesShown = operation({
  name: 'api.notices-shown',
  method: 'POST',
  path: '/api/v1/notices-shown',
  caller: { who: 'client', scope: 'consents:write' },
  summary: 'Record that a notice was shown',
  description:
    'The person was told, and nothing was asked: the words at a till, or where their data come from with the first message (GDPR Art. 13, 14). It permits nothing. Once it is recorded, decisions no longer carry the obligation `state_source` for data that were here before.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      purpose: purposeField,
      contact_channel: contactChannelField,
      notice: described(noticeReference, 'As GET /api/v1/notices names it.'),
      evidence: toldPlace,
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: '`unchanged` when the same showing was recorded within the day.',
      schema: z.object({ outcome: z.enum(['recorded', 'unchanged']), receipt_id: z.string().optional() }),
    },
  },
  example: {
    body: {
      sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
      purpose: 'marketing.direct',
      contact_channel: 'email',
      notice: {
        id: 'marketing-direct',
        version: 1,
        language: 'es',
        text_hash: 'q1Jm0Yp8hFv0pQ0m4c2m6fN3nJ1d1yq0o7iS2aVtq0E',
      },
      evidence: { channel: 'store', surface: 'till', language: 'es', touchpoint: 'bilbao-3' },
    },
    status: 200,
    answer: { outcome: 'recorded', receipt_id: '0199a1b2-0000-7000-8000-000000000001' },
  },
})

export const noticesShownRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postNoticesShown, async (asking, request) => {
    mayWrite(asking)
    const { sub, purpose, contact_channel: contactChannel, notice, evidence } = request.body
    ownContactChannel(asking, ownPurpose(asking, purpose, deps.registry.current()), contactChannel)
    const subjectId = await subjectBehind(deps, asking, sub)
    const recorded = await recordShown(deps.ledger, {
      subjectId,
      actor: request.actor,
      evidence: evidenceOf(evidence, asking, request),
      idempotencyKey: `${asking.client.clientId} ${request.header('idempotency-key') ?? ''}`,
      controller: asking.controller,
      brand: asking.brand,
      as: 'notice_shown',
      shown: [
        {
          purpose,
          contactChannel,
          notice: {
            id: notice.id,
            version: String(notice.version),
            language: notice.language,
            textHash: notice.text_hash,
          },
        },
      ],
      shownAt: deps.clock.now(),
    })
    return json(
      recorded.outcome === 'recorded'
        ? { outcome: 'recorded', receipt_id: recorded.receiptId }
        : { outcome: 'unchanged' },
    )
  }),
]
