import { z } from 'zod'
import { moveSubject } from '../../../features/consent/index.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mustBeOurs } from '../asking.ts'
import { keptBy } from '../circumstances.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, subField } from '../operation.ts'

const sub = '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o'

export const postResidences = operation({
  name: 'api.residences',
  method: 'POST',
  path: '/api/v1/residences',
  caller: { who: 'client', scope: 'residences:write' },
  summary: 'Record where a person lives',
  description:
    'The law of the country somebody lives in decides, about what they said before as well: from this answer on, every permission is the one the new law gives. Reported by clients of the house itself, for what the person told them.',
  body: {
    type: 'json',
    schema: z.strictObject({
      sub: subField,
      country: described(
        z.string().regex(/^[A-Z]{2}$/, 'code:jurisdiction-unknown'),
        'Two letters, as ISO 3166-1 has them.',
      ),
    }),
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: '`unchanged` when that was known.',
      schema: z.object({ outcome: z.enum(['moved', 'unchanged']) }),
    },
  },
  example: { body: { sub, country: 'ES' }, status: 200, answer: { outcome: 'moved' } },
})

export const residenceRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postResidences, async (asking, request) => {
    mustBeOurs(asking)
    const subjectId = await subjectBehind(deps, asking, request.body.sub)
    const { country } = request.body
    return json(
      await moveSubject(deps.moves, { ...keptBy(asking, request, subjectId), jurisdiction: country }),
    )
  }),
]
