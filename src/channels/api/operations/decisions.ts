import { z } from 'zod'
import { type Decision, decide, type Explanation, explainFor } from '../../../features/consent/index.ts'
import { notFound } from '../../../kernel/errors.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Asking, ownContactChannel, ownPurpose } from '../asking.ts'
import { subjectBehind, subjectsBehind } from '../known-subjects.ts'
import { described, handled, instant, operation, purposeField, subField } from '../operation.ts'
import { contactChannelField, decisionShape, isoOrNull } from '../shapes.ts'

const question = z.strictObject({
  sub: subField,
  purpose: purposeField,
  contact_channel: contactChannelField,
  attribute: described(z.string().min(1).max(100), 'The attribute you want to use.'),
  campaign_category: z.string().min(1).max(100).optional(),
})
type Question = z.infer<typeof question>

const most = 1_000

const ana = '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o'
const asked = { sub: ana, purpose: 'marketing.direct', contact_channel: 'email', attribute: 'email' }
const told = {
  decision: 'PERMIT',
  reason: 'CONSENT_GIVEN',
  basis: 'consent',
  ask: false,
  obligations: ['include_optout', 'identify_as_commercial', 'name_sender', 'no_onward_use'],
  valid_until: null,
}

export const askDecisions = operation({
  name: 'api.decisions',
  method: 'POST',
  path: '/api/v1/decisions',
  caller: { who: 'client', scope: 'decisions:read' },
  summary: 'Ask for decisions',
  description:
    'May your system use this attribute of this person for this purpose over this contact channel now? Up to 1000 questions at once, answered in their order. Anything but PERMIT means no; a person your client does not know is SUBJECT_UNKNOWN.',
  body: {
    type: 'json',
    schema: z.strictObject({ questions: z.array(question).min(1).max(most) }),
    maxBytes: 512 * 1024,
  },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: 'One answer for each question.',
      schema: z.object({ items: z.array(z.object({ ...question.shape, ...decisionShape.shape })) }),
    },
  },
  example: {
    body: { questions: [asked] },
    status: 200,
    answer: { items: [{ ...asked, ...told }] },
  },
})

const localised = described(z.record(z.string(), z.string()), 'Words by language.')
const outcome = z.enum(['PASSED', 'PERMIT', 'DENY', 'NOT_REACHED'])

export const explain = operation({
  name: 'api.decisions.explain',
  method: 'POST',
  path: '/api/v1/decisions\\:explain',
  caller: { who: 'client', scope: 'decisions:read' },
  summary: 'Explain a decision',
  description:
    'The same question for one person, answered rule by rule in words, now or as of a past instant: by what had happened and had been recorded until then, under the purposes and rule packs published until then.',
  body: { type: 'json', schema: question.extend({ as_of: instant.optional() }) },
  idempotency: 'required',
  answers: [200],
  responses: {
    200: {
      description: 'The decision with its trace.',
      schema: z.object({
        ...decisionShape.shape,
        at: instant,
        law: z.object({ jurisdiction: z.string(), version: z.string() }),
        says: localised,
        cites: z.string(),
        rules: z.array(
          z.object({
            number: z.int(),
            rule: z.string(),
            asks: localised,
            cites: z.string(),
            outcome,
            reason: z.string().optional(),
            says: localised.optional(),
            bases: z
              .array(
                z.object({
                  basis: z.string(),
                  outcome,
                  reason: z.string().optional(),
                  says: localised.optional(),
                  cites: z.string().optional(),
                }),
              )
              .optional(),
          }),
        ),
      }),
    },
  },
  example: {
    body: asked,
    status: 200,
    answer: {
      ...told,
      at: '2026-11-22T10:00:00.000Z',
      law: { jurisdiction: 'ES', version: '2026-11-22' },
      says: {
        es: 'La persona dijo que sí y su sí sigue en pie.',
        en: 'The person said yes, and the yes stands.',
      },
      cites: 'GDPR Art. 6(1)(a), 7; LSSI art. 21.1, 21.2',
      rules: [
        {
          number: 1,
          rule: 'capability',
          asks: {
            es: 'Quién pregunta está registrado para esta finalidad, y la finalidad existe.',
            en: 'Whoever asks is registered for this purpose, and the purpose exists.',
          },
          cites: 'GDPR Art. 5(1)(b)',
          outcome: 'PASSED',
        },
      ],
    },
  },
})

const shown = ({ decision, reason, basis, ask, obligations, validUntil }: Decision) => ({
  decision,
  reason,
  basis,
  ask,
  obligations,
  valid_until: isoOrNull(validUntil),
})

const nobodyKnown = {
  decision: 'DENY',
  reason: 'SUBJECT_UNKNOWN',
  basis: null,
  ask: false,
  obligations: [],
  valid_until: null,
} as const

function queryOf(deps: ApiDeps, asking: Asking, one: Question) {
  const version = ownPurpose(asking, one.purpose, deps.registry.current())
  return {
    system: asking.system,
    controller: asking.controller,
    brand: asking.brand,
    purpose: one.purpose,
    contactChannel: ownContactChannel(asking, version, one.contact_channel),
    attribute: one.attribute,
    ...(one.campaign_category === undefined ? {} : { campaignCategory: one.campaign_category }),
  }
}

const explained = (told: Explanation) => ({
  ...shown(told.decision),
  at: new Date(told.at).toISOString(),
  law: told.law,
  says: told.says,
  cites: told.cites,
  rules: told.rules,
})

export const decisionRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, askDecisions, async (asking, { body }) => {
    const queries = body.questions.map((one) => ({ one, query: queryOf(deps, asking, one) }))
    const subjects = await subjectsBehind(
      deps,
      asking,
      body.questions.map(({ sub }) => sub),
    )
    const people = new Set(subjects.values())
    const known = new Map(
      await Promise.all([...people].map(async (id) => [id, await deps.facts.find(id)] as const)),
    )
    const registry = deps.registry.current()
    const now = deps.clock.now().getTime()
    const items = queries.map(({ one, query }) => {
      const subjectId = subjects.get(one.sub)
      const facts = subjectId === undefined ? undefined : known.get(subjectId)?.facts
      return { ...one, ...(facts === undefined ? nobodyKnown : shown(decide(query, facts, registry, now))) }
    })
    return json({ items })
  }),
  handled(deps, explain, async (asking, { body }) => {
    const query = queryOf(deps, asking, body)
    const subjectId = await subjectBehind(deps, asking, body.sub)
    const found = await explainFor(deps, {
      subjectId,
      query,
      ...(body.as_of === undefined ? {} : { asOf: new Date(body.as_of) }),
    })
    if (found === undefined) throw notFound('subject-unknown', 'Your client knows nobody by this name.')
    return json(explained(found))
  }),
]
