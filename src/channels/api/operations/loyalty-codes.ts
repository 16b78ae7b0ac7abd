import { z } from 'zod'
import { showLoyaltyCode } from '../../../features/store-visits/index.ts'
import { notFound, refused } from '../../../kernel/errors.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { mustBeOurs } from '../asking.ts'
import { described, handled, instant, operation } from '../operation.ts'

export const askLoyaltyCode = operation({
  name: 'api.loyalty-codes',
  method: 'POST',
  path: '/api/v1/loyalty-codes',
  caller: { who: 'client', scope: 'loyalty:read' },
  summary: 'Get a code for the customer’s own screen',
  description:
    'For an app of ours: the code that a till reads, as text for a QR code, for the person whose token your client was given. It is good for 60 seconds; ask for a new one every 30. Say the store where you know it, and the code is good in no other. Each is made anew, so it takes no idempotency key.',
  body: {
    type: 'json',
    schema: z.strictObject({
      subject_token: described(
        z.string().min(20).max(512),
        'The person’s own access token, given to your client.',
      ),
      store: described(z.string().min(2).max(64), 'Code of the store they are in.').optional(),
    }),
  },
  answers: [200],
  responses: {
    200: {
      description: 'The code, and the number of the card in case the screen cannot be read.',
      schema: z.object({
        code: z.string(),
        card: z.string(),
        made_at: instant,
        good_until: instant,
        store: described(z.string().nullable(), 'The one store it is good in; null for any.'),
      }),
    },
  },
  example: {
    body: { subject_token: 'pAt_4fK2mQ9sT1vW7xY3zB5cD8eF0gH6', store: 'gran-via' },
    status: 200,
    answer: {
      code: 'PLC17G2M4XQ0D3K1Q5S8T4C9H6V2B0N7R1Y3W5Z8A4E6F2G9H0J1K3M5N7P8Q2R4S6T9V0W1X3Y5Z7A2B4C6D8E9F0G1H3J5K7M9N2P4Q6R8S0T1V3W5X7Y9Z2A4B6C8D0E1F3G5H7J9K2M4',
      card: '2912345678906',
      made_at: '2026-11-22T10:00:00.000Z',
      good_until: '2026-11-22T10:01:00.000Z',
      store: 'gran-via',
    },
  },
})

export const loyaltyCodeRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, askLoyaltyCode, async (asking, { body }) => {
    mustBeOurs(asking)
    const person = await deps.personBehind(body.subject_token)
    if (person === undefined || person.clientId !== asking.client.clientId) {
      throw refused('subject-token-refused', 'This is not a live token of this person, given to your client.')
    }
    const shown = await showLoyaltyCode(deps.cards, { subjectId: person.subjectId, store: body.store })
    if (shown === undefined) throw notFound('loyalty-card-none', 'This person has no loyalty card.')
    return json({
      code: shown.text,
      card: shown.card,
      made_at: shown.madeAt.toISOString(),
      good_until: shown.goodUntil.toISOString(),
      store: shown.store?.id ?? null,
    })
  }),
]
