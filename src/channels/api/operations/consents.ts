import { z } from 'zod'
import { type ChoicesOutcome, type RecordChoices, recordChoices } from '../../../features/consent/index.ts'
import { conflict, type PlacetError, refused } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Asking, mayWrite, ownContactChannel, ownPurpose } from '../asking.ts'
import { decidePermission } from '../decide-permission.ts'
import { subjectBehind } from '../known-subjects.ts'
import { described, handled, operation, purposeField, subField } from '../operation.ts'
import { contactChannelField, noticeReference, permissionShape } from '../shapes.ts'
import { clockSkewField, readToldAct, type ToldAct, toldTimes } from '../told-act.ts'
import { toldEvidence } from '../told-evidence.ts'

const asked = { purpose: purposeField, contact_channel: contactChannelField, notice: noticeReference }
const defaultState = described(
  z.enum(['unticked', 'ticked']),
  'How the control stood before the person touched it. Said with every yes, since only you saw it; a ticked one is refused.',
)

const choice = z.discriminatedUnion('answer', [
  z.strictObject({ ...asked, answer: z.literal('yes'), default_state: defaultState }),
  z.strictObject({
    ...asked,
    answer: described(z.enum(['no', 'later']), '`later` puts the question off. Silence is never a yes.'),
    default_state: defaultState.optional(),
  }),
])

const body = z.strictObject({
  sub: subField,
  choices: z.array(choice).min(1).max(50),
  evidence: toldEvidence,
  ...toldTimes,
  subject_token: described(
    z.string().min(20).max(512),
    "The person's own access token, given to your client. Only with it can a yes count, and only from a client of ours.",
  ).optional(),
})
type Choice = z.infer<typeof choice>

const result = permissionShape.extend({
  counted: described(
    z.boolean(),
    'False for a yes without proof, written down as a claim that permits nothing, and for one that was not taken.',
  ),
  outcome: described(
    z.enum([
      'taken',
      'already-recorded',
      'out-of-order',
      'evidence-incomplete',
      'touchpoint-unknown',
      'device-signature-refused',
      'occurred-at-in-future',
      'occurred-at-too-old',
    ]),
    '`taken`, or why this yes was not; a no is taken whatever else is wrong. `already-recorded`: the device told this before, and nothing was recorded twice. `out-of-order`: its counter did not grow.',
  ),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string() }))
    .optional()
    .meta({ description: 'What of the body kept the yes from being taken.' }),
  clock_skew: clockSkewField,
})

const sub = '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o'

export const postConsents = operation({
  name: 'api.consents',
  method: 'POST',
  path: '/api/v1/consents',
  caller: { who: 'client', scope: 'consents:write' },
  summary: 'Record what a person answered',
  description:
    "Any mix of answers of one person, in one act. A no is recorded whoever carries it. A yes is the person's alone: it counts only with their own token, from one of our own clients; otherwise it is kept as a claim without proof, and the state stays unknown. The wording must be the one in force, or the one that was when it was answered. What lay in a queue says `occurred_at` and counts when it happened. A yes without what its channel must bring along is not taken; a no always is.",
  body: { type: 'json', schema: body },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: 'What stands now, for each answer. `receipt_id` is absent where nothing was new.',
      schema: z.object({
        outcome: z.enum(['recorded', 'unchanged', 'already-recorded']),
        receipt_id: z.string().optional(),
        items: z.array(result),
      }),
    },
  },
  example: {
    body: {
      sub,
      choices: [
        {
          purpose: 'marketing.direct',
          contact_channel: 'email',
          answer: 'no',
          notice: {
            id: 'marketing-direct',
            version: 1,
            language: 'es',
            text_hash: 'q1Jm0Yp8hFv0pQ0m4c2m6fN3nJ1d1yq0o7iS2aVtq0E',
          },
        },
      ],
      evidence: { channel: 'web', surface: 'newsletter-footer', language: 'es' },
    },
    status: 200,
    answer: {
      outcome: 'recorded',
      receipt_id: '0199a1b2-0000-7000-8000-000000000001',
      items: [
        {
          sub,
          purpose: 'marketing.direct',
          contact_channel: 'email',
          decision: 'DENY',
          reason: 'CONSENT_WITHDRAWN',
          basis: null,
          attributes: [],
          valid_until: null,
          counted: true,
          outcome: 'taken',
        },
      ],
    },
  },
})

/** Whether the person themselves stands behind this: their own live token, given to this very client of ours. */
async function isTheirOwn(deps: ApiDeps, asking: Asking, subjectId: SubjectId, token: string | undefined) {
  if (token === undefined) return false
  const person = await deps.personBehind(token)
  if (person?.subjectId !== subjectId || person.clientId !== asking.client.clientId) {
    throw refused('subject-token-refused', 'This is not a live token of this person, given to your client.')
  }
  return asking.role === 'internal' && asking.client.firstParty
}

const claimOf = (one: Choice) => ({
  purpose: one.purpose,
  contactChannel: one.contact_channel,
  notice: {
    id: one.notice.id,
    version: String(one.notice.version),
    language: one.notice.language,
    textHash: one.notice.text_hash,
  },
  defaultState: one.default_state ?? ('unsaid' as const),
})

const receiptOf = (outcome: ChoicesOutcome): string | undefined => {
  if (outcome.outcome === 'stale') {
    throw conflict(
      'notice-outdated',
      'The wording changed since it was shown; nothing was recorded. Show the one in force.',
    )
  }
  return outcome.outcome === 'recorded' ? outcome.receiptId : undefined
}

const pointersOf = ({ issues }: PlacetError) => issues.map(({ field, code }) => ({ pointer: field, code }))

/** What became of one answer, and of the clock it was told by. */
function becomeOf({ answer }: Choice, { noYes, before, outOfOrder, clockSkew }: ToldAct, own: boolean) {
  const skew = clockSkew === undefined ? {} : { clock_skew: clockSkew }
  if (before !== undefined) return { counted: own || answer !== 'yes', outcome: 'already-recorded', ...skew }
  if (answer !== 'yes') return { counted: true, outcome: outOfOrder ? 'out-of-order' : 'taken', ...skew }
  if (noYes === undefined) return { counted: own, outcome: 'taken', ...skew }
  return { counted: false, outcome: noYes.code, errors: pointersOf(noYes), ...skew }
}

export const consentRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, postConsents, async (asking, request) => {
    mayWrite(asking)
    const { choices, sub: name, subject_token: token } = request.body
    const registry = deps.registry.current()
    for (const one of choices) {
      ownContactChannel(asking, ownPurpose(asking, one.purpose, registry), one.contact_channel)
    }
    const subjectId = await subjectBehind(deps, asking, name)
    const own = await isTheirOwn(deps, asking, subjectId, token)
    const { controller, brand } = asking
    const tells = {
      yes: choices.some(({ answer }) => answer === 'yes'),
      no: choices.some(({ answer }) => answer !== 'yes'),
    }
    const told = await readToldAct(deps.told, asking, request, tells)
    const { noYes, before } = told
    if (before === undefined && noYes !== undefined && !tells.no) throw noYes
    const taken = choices.filter(({ answer }) => answer !== 'yes' || noYes === undefined)
    const counting = taken.filter(({ answer }) => own || answer !== 'yes')
    const claimed = taken.filter(({ answer }) => !own && answer === 'yes')
    const actor: RecordChoices['actor'] = own
      ? { kind: 'subject', subjectId, assurance: 'none' }
      : request.actor
    const receipt =
      before === undefined
        ? receiptOf(
            await recordChoices(deps.ledger, {
              subjectId,
              actor,
              evidence: told.evidence,
              particulars: told.particulars,
              ...(told.when === undefined ? {} : { when: told.when }),
              controller,
              brand,
              idempotencyKey: told.idempotencyKey,
              choices: counting.map((one) => ({ ...claimOf(one), answer: one.answer })),
              claims: claimed.map(claimOf),
            }),
          )
        : before.receiptId
    if (before === undefined) {
      await told.settle(receipt === undefined ? {} : { receiptId: receipt })
      if (receipt !== undefined && counting.some(({ answer }) => answer === 'yes')) deps.onYes?.(subjectId)
    }
    const known = await deps.facts.find(subjectId)
    const items = choices.flatMap((one) => {
      const version = registry.active.get(one.purpose)
      if (known === undefined || version === undefined) return []
      const person = { subjectId, facts: known.facts }
      const stands = decidePermission(deps, asking, version, one.contact_channel, person, registry)
      return [{ sub: name, ...stands, ...becomeOf(one, told, own) }]
    })
    return json({
      outcome: before !== undefined ? 'already-recorded' : receipt === undefined ? 'unchanged' : 'recorded',
      ...(receipt === undefined ? {} : { receipt_id: receipt }),
      items,
    })
  }),
]
