import { z } from 'zod'
import { suppressContact } from '../../../features/consent/index.ts'
import { contactChannels } from '../../../kernel/evidence.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mayStop } from '../asking.ts'
import { contactPointOf, keptBy } from '../circumstances.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, subField } from '../operation.ts'
import { contactAddress, keptShape } from '../shapes.ts'

export const postSuppressions = operation({
  name: 'api.suppressions',
  method: 'POST',
  path: '/api/v1/suppressions',
  caller: { who: 'client', scope: 'suppressions:write' },
  summary: 'Report a complaint or a hard bounce',
  description:
    'No advertising goes there from now on, whatever was agreed to. Whoever sends for us reports for the contact channel it was registered for. Only our data protection officer ends it.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      contact_channel: described(
        z.enum(['*', ...contactChannels]),
        'Where nothing goes any more; `*` on every contact channel, for clients of the house.',
      ),
      address: described(
        contactAddress.optional(),
        'Left out, it holds for every address or number of this contact channel.',
      ),
      reason: described(z.enum(['complaint', 'hard_bounce']), 'What happened.'),
      source: described(
        z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
        'Your name for who told you, such as `feedback-loop`.',
      ),
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: { 200: { description: '`unchanged` when it stood already.', schema: keptShape } },
  example: {
    body: {
      sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
      contact_channel: 'email',
      reason: 'complaint',
      source: 'feedback-loop',
    },
    status: 200,
    answer: { outcome: 'recorded' },
  },
})

export const suppressionRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postSuppressions, async (asking, request) => {
    const { sub, contact_channel: contactChannel, address, reason, source } = request.body
    mayStop(asking, contactChannel)
    const subjectId = await subjectBehind(deps, asking, sub)
    return json(
      await suppressContact(deps.circumstances, {
        ...keptBy(asking, request, subjectId),
        ...(await contactPointOf(deps, subjectId, address)),
        contactChannel,
        reason,
        source,
      }),
    )
  }),
]
