import { z } from 'zod'
import { longestWords, openRequest, requestRights } from '../../../features/privacy-requests/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mayWrite } from '../asking.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, instant, operation, subField } from '../operation.ts'
import { evidenceOf, toldPlace } from '../told-evidence.ts'

export const postPrivacyRequests = operation({
  name: 'api.privacy-requests',
  method: 'POST',
  path: '/api/v1/privacy-requests',
  caller: { who: 'client', scope: 'privacy-requests:write' },
  summary: 'Open a privacy request',
  description:
    'The person asked for one of their rights (GDPR Art. 15 to 22) where your system takes such requests: in a form, a letter, a call. The clock runs from when it was received, by you or whoever works for the controller, and not from when you tell it. They are told at once, at an address they proved before, and can say that it was not they who asked.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      right: described(z.enum(requestRights), 'What the person asked for.'),
      words: described(
        z.string().max(longestWords).optional(),
        'What the person said, in their words. Sealed with their own key; nothing about other people.',
      ),
      received_at: described(
        z.iso.datetime({ offset: true }).optional(),
        'When it was received (RFC 3339); left out, now. At most 100 days ago.',
      ),
      evidence: described(
        toldPlace.optional(),
        'Where it was asked for; left out where nobody met anybody, as with a letter or an e-mail.',
      ),
      call_reference: described(
        z.string().min(1).max(100).optional(),
        'Your reference of the call in which it was asked for.',
      ),
      language: described(
        z.string().min(2).max(35).optional(),
        'In which the person is told that it arrived; left out, that of the evidence, else Spanish.',
      ),
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: 'It is open, and the person is being told.',
      schema: z.object({
        id: z.string(),
        reference: described(z.string(), 'To be said on the telephone; in every message about it.'),
        right: z.enum(requestRights),
        state: z.enum(['open', 'withdrawn']),
        received_at: instant,
        due: described(z.iso.date(), 'The last day for the answer, where the controller sits.'),
      }),
    },
  },
  example: {
    body: {
      sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
      right: 'access',
      received_at: '2026-11-20T10:58:00+01:00',
      evidence: { channel: 'call-centre', surface: 'inbound-call', language: 'es', touchpoint: 'desk-4' },
      call_reference: 'c-0417',
    },
    status: 200,
    answer: {
      id: '0199a1b2-0000-8000-8000-000000000001',
      reference: 'SOL-7K4F-2M',
      right: 'access',
      state: 'open',
      received_at: '2026-11-20T09:58:00.000Z',
      due: '2026-12-21',
    },
  },
})

export const privacyRequestRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postPrivacyRequests, async (asking, request) => {
    mayWrite(asking)
    const { sub, right, words, received_at: receivedAt, evidence: told, call_reference: call } = request.body
    const subjectId = await subjectBehind(deps, asking, sub)
    const evidence =
      told === undefined
        ? { ...request.evidence, language: 'es', clientId: asking.client.clientId }
        : evidenceOf(told, asking, request)
    const opened = await openRequest(deps.privacyRequests, {
      subjectId,
      right,
      ...(words === undefined ? {} : { words }),
      actor: request.actor,
      evidence: { ...evidence, language: request.body.language ?? evidence.language },
      receivedAt: receivedAt === undefined ? deps.clock.now() : new Date(receivedAt),
      idempotencyKey: `${asking.client.clientId} ${request.header('idempotency-key') ?? ''}`,
      ...(call === undefined ? {} : { particulars: { call } }),
    })
    return json({
      id: opened.id,
      reference: opened.reference,
      right: opened.right,
      state: opened.state,
      received_at: opened.receivedAt.toISOString(),
      due: opened.due,
    })
  }),
]
