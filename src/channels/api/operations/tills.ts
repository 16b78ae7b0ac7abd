import { z } from 'zod'
import {
  codeSeconds,
  epochSpan,
  keysLastUntil,
  lookUpAtTill,
  reportPresentations,
  type ShownAtTill,
  sendTillCode,
  tillLevels,
  tillOf,
} from '../../../features/store-visits/index.ts'
import { invalid } from '../../../kernel/errors.ts'
import { json } from '../../../platform/web/answer.ts'
import type { GuardedRequest, Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Asking, mustBeOurs } from '../asking.ts'
import { described, handled, instant, operation } from '../operation.ts'

const caller = { who: 'client', scope: 'tills:write' } as const

const cardField = described(
  z.string().min(1).max(64),
  'The number of a loyalty card, as it was read or typed.',
)
const codeField = described(
  z.string().min(1).max(256),
  'The whole text of the code on the customer’s screen: `PLC1` and capitals and digits.',
)
const exampleCode =
  'PLC17G2M4XQ0D3K1Q5S8T4C9H6V2B0N7R1Y3W5Z8A4E6F2G9H0J1K3M5N7P8Q2R4S6T9V0W1X3Y5Z7A2B4C6D8E9F0G1H3J5K7M9N2P4Q6R8S0T1V3W5X7Y9Z2A4B6C8D0E1F3G5H7J9K2M4'

export const postLookUps = operation({
  name: 'api.tills.look-ups',
  method: 'POST',
  path: '/api/v1/tills/look-ups',
  caller,
  summary: 'See who stands at the till',
  description:
    'What may be seen of a customer at this till, by how surely it is them. A card number (`card`) is L1: their standing, without a name. The rotating code of their screen (`code`), or a code that was sent to them (`card`, `ref` and `one_time_code`), is L2: first name and offers. Where they signed in on their own phone minutes before, the code says so and the level is L3; what L3 opens happens on that phone. Each attribute is decided on, now, and each telling is on record with your place. A card that nobody has and one of which nothing may be said are answered alike, and after many of them no more card numbers are looked up for a while. A code is good for 60 seconds, in the store it was made for, and once. Sent again with the same Idempotency-Key after a lost answer, as long as the code is good (60 seconds; ten minutes for one that was sent), it is answered anew and not from memory.',
  body: {
    type: 'json',
    schema: z.strictObject({
      card: cardField.optional(),
      code: codeField.optional(),
      ref: described(z.string().min(1).max(64), 'What `POST /api/v1/tills/codes` answered.').optional(),
      one_time_code: described(
        z.string().min(1).max(20),
        'The code the customer reads out from their message.',
      ).optional(),
    }),
  },
  idempotency: 'kept-by-handler',
  answers: [200],
  responses: {
    200: {
      description: 'What may be seen. Nothing in it means that nothing may, and not why.',
      schema: z.object({
        level: z.enum(tillLevels),
        attributes: described(z.record(z.string(), z.unknown()), 'By claim, such as `loyalty_points`.'),
        offers: described(
          z.array(z.string()),
          'Purposes of personalisation in whose name you may choose an offer now.',
        ),
        signed_in_on_their_phone: z.boolean(),
      }),
    },
  },
  example: {
    body: { code: exampleCode },
    status: 200,
    answer: {
      level: 'L2',
      attributes: { loyalty_points: 1240, loyalty_tier: 'gold', given_name: 'Ana' },
      offers: ['personalisation.onsite'],
      signed_in_on_their_phone: false,
    },
  },
})

export const postTillCodes = operation({
  name: 'api.tills.codes',
  method: 'POST',
  path: '/api/v1/tills/codes',
  caller,
  summary: 'Send a customer a code',
  description:
    'For a customer who has a card and no screen: a code by text message or mail, to what they have proven to read. They read it out, and `POST /api/v1/tills/look-ups` takes it once, within ten minutes, at this till. The answer is the same for a card that nobody has.',
  body: { type: 'json', schema: z.strictObject({ card: cardField }) },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: 'Somebody hears of it, or nobody.',
      schema: z.object({ ref: z.string(), expires_at: instant }),
    },
  },
  example: {
    body: { card: '2912 3456 7890 6' },
    status: 200,
    answer: { ref: 'bGv0T5m2Q1yq9wX7', expires_at: '2026-11-22T10:10:00.000Z' },
  },
})

export const readTillKeys = operation({
  name: 'api.tills.keys',
  method: 'GET',
  path: '/api/v1/tills/keys',
  caller: { who: 'client', scope: 'tills:read' },
  summary: 'Read the keys of your store',
  description:
    'The public keys with which a till of this store judges codes while it has no connection: for codes of this store and for those that say none, of yesterday, today and tomorrow (UTC). There is no secret among them: nobody makes a code with what a till has. Fetch them at least once a day, correct your clock by `now`, refuse what is older than 60 seconds or lies more than five ahead, remember what you were shown, and tell of it when you are connected again. The format is in docs/adr/0031.',
  answers: [200],
  responses: {
    200: {
      description: 'Keys of the store your client stands in, and of no other.',
      schema: z.object({
        store: z.string(),
        now: instant,
        good_for_seconds: z.int(),
        last_until: described(instant, 'Without new keys, no code is judged from then on.'),
        keys: z.array(
          z.object({
            kid: described(z.string(), 'Ten hex digits; the first five bytes of a code.'),
            of: z.enum(['any-store', 'this-store']),
            algorithm: z.literal('Ed25519'),
            public_key: described(z.string(), '32 bytes, base64url (RFC 8032).'),
            not_before: instant,
            not_after: described(instant, 'A code made at this instant or later is not this key’s.'),
          }),
        ),
      }),
    },
  },
  example: {
    status: 200,
    answer: {
      store: 'gran-via',
      now: '2026-11-22T10:00:00.000Z',
      good_for_seconds: 60,
      last_until: '2026-11-24T00:01:00.000Z',
      keys: [
        {
          kid: '7f03a1c29e',
          of: 'this-store',
          algorithm: 'Ed25519',
          public_key: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          not_before: '2026-11-22T00:00:00.000Z',
          not_after: '2026-11-23T00:00:00.000Z',
        },
      ],
    },
  },
})

export const postPresentations = operation({
  name: 'api.tills.presentations',
  method: 'POST',
  path: '/api/v1/tills/presentations',
  caller,
  summary: 'Tell of codes shown while offline',
  description:
    'What a till was shown without a connection, in its order, by its own clock. What the clock is wrong by as you send, it is taken to have been wrong by then. Nothing is told of anybody. A code that another till had first is `repeated`; one that was not good in that store in that minute, or lies more than 30 days back, is `refused`.',
  body: {
    type: 'json',
    schema: z.strictObject({
      device_time: described(
        z.iso.datetime({ offset: true }),
        'What the clock of the till says as you send.',
      ),
      presentations: z
        .array(
          z.strictObject({
            code: codeField,
            presented_at: described(z.iso.datetime({ offset: true }), 'When it was shown, by that clock.'),
          }),
        )
        .min(1)
        .max(200),
    }),
    maxBytes: 128 * 1024,
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: 'One outcome for each, in their order.',
      schema: z.object({ outcomes: z.array(z.enum(['counted', 'repeated', 'refused'])) }),
    },
  },
  example: {
    body: {
      device_time: '2026-11-22T12:00:00+01:00',
      presentations: [{ code: exampleCode, presented_at: '2026-11-22T11:14:09+01:00' }],
    },
    status: 200,
    answer: { outcomes: ['counted'] },
  },
})

/** The till that asks: a client of the house that is registered at a place in an open store. */
function tillThatAsks(deps: ApiDeps, asking: Asking, { evidence }: Pick<GuardedRequest, 'evidence'>) {
  mustBeOurs(asking)
  return tillOf(deps.tills, asking.client.clientId, evidence.touchpoint)
}

function shownIn(body: {
  readonly card?: string | undefined
  readonly code?: string | undefined
  readonly ref?: string | undefined
  readonly one_time_code?: string | undefined
}): ShownAtTill {
  const { card, code, ref, one_time_code: oneTimeCode } = body
  if (code !== undefined && card === undefined && ref === undefined && oneTimeCode === undefined) {
    return { code }
  }
  if (code === undefined && card !== undefined) {
    if (ref === undefined && oneTimeCode === undefined) return { card }
    if (ref !== undefined && oneTimeCode !== undefined) return { card, ref, oneTimeCode }
  }
  throw invalid('look-up-unclear', 'Send a card, or a code, or a card with ref and one_time_code.')
}

function keyOf({ header }: Pick<GuardedRequest, 'header'>): string {
  const key = header('idempotency-key')
  if (key !== undefined && /^[\x21-\x7e]{8,128}$/.test(key)) return key
  throw invalid('idempotency-key-missing', 'Send an Idempotency-Key header of 8 to 128 visible characters.')
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString()

export const tillRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postLookUps, async (asking, request) => {
    const { level, attributes, offers } = await lookUpAtTill(deps.tills, {
      till: tillThatAsks(deps, asking, request),
      system: asking.system,
      actor: request.actor,
      evidence: { ...request.evidence, clientId: asking.client.clientId },
      requestKey: keyOf(request),
      shown: shownIn(request.body),
    })
    return json({ level, attributes, offers, signed_in_on_their_phone: level === 'L3' })
  }),
  handled(deps, postTillCodes, async (asking, request) => {
    const till = tillThatAsks(deps, asking, request)
    const { ref, expiresAt } = await sendTillCode(deps.tills, {
      till,
      actor: request.actor,
      evidence: { ...request.evidence, clientId: asking.client.clientId },
      card: request.body.card,
    })
    return json({ ref, expires_at: expiresAt.toISOString() })
  }),
  handled(deps, readTillKeys, async (asking, request) => {
    const till = tillThatAsks(deps, asking, request)
    const now = deps.clock.now()
    const seconds = now.getTime() / 1000
    return json({
      store: till.store,
      now: now.toISOString(),
      good_for_seconds: codeSeconds,
      last_until: isoOf(keysLastUntil(seconds)),
      keys: deps.tills.keyring.tillKeys(seconds, till.store).map(({ kid, publicKey, epoch, of }) => {
        const { from, until } = epochSpan(epoch)
        return {
          kid: Buffer.from(kid).toString('hex'),
          of,
          algorithm: 'Ed25519',
          public_key: Buffer.from(publicKey).toString('base64url'),
          not_before: isoOf(from),
          not_after: isoOf(until),
        }
      }),
    })
  }),
  handled(deps, postPresentations, async (asking, request) => {
    const { device_time: deviceTime, presentations } = request.body
    const outcomes = await reportPresentations(deps.tills, {
      till: tillThatAsks(deps, asking, request),
      actor: request.actor,
      evidence: { ...request.evidence, clientId: asking.client.clientId },
      deviceTime: new Date(deviceTime),
      presentations: presentations.map(({ code, presented_at: presentedAt }) => ({
        code,
        presentedAt: new Date(presentedAt),
      })),
    })
    return json({ outcomes })
  }),
]
