import { z } from 'zod'
import {
  type Decision,
  decide,
  type Explanation,
  explainFor,
  knownFacts,
  type PublishedRegistry,
  type ToldToRecipient,
  toldToRecipient,
} from '../../../features/consent/index.ts'
import { notFound } from '../../../kernel/errors.ts'
import { json } from '../../../platform/web/answer.ts'
import type { Route } from '../../../platform/web/route.ts'
import type { ApiDeps } from '../api-deps.ts'
import { type Asking, isOurs, outOfReach, ownContactChannel, ownPurpose } from '../asking.ts'
import { contactPointUnknown } from '../circumstances.ts'
import { subjectBehind, subjectsBehind } from '../known-subjects.ts'
import { described, handled, instant, operation } from '../operation.ts'
import { exampleOptOut, optOutField, optOutWith } from '../opt-out.ts'
import { type Instead, insteadOf, withDuplicates } from '../other-account.ts'
import { aboutContactPoint, plainNo, type Question, queryOf, question } from '../question.ts'
import { decisionShape, duplicateOfField, isoOrNull } from '../shapes.ts'

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
    'May your system use this attribute of this person for this purpose over this contact channel now? Up to 1000 questions at once, answered in their order and each for itself. Anything but PERMIT means no: a person your client does not know is SUBJECT_UNKNOWN, what it is not registered for is SYSTEM_NOT_AUTHORISED_FOR_PURPOSE. A question takes no idempotency key: it is answered anew each time, so a withdrawal holds at once. A PERMIT says that the data may be used; where the person is contacted by another of their accounts, `duplicate_of` names it.',
  body: {
    type: 'json',
    schema: z.strictObject({ questions: z.array(question).min(1).max(most) }),
    maxBytes: 512 * 1024,
  },
  answers: [200],
  responses: {
    200: {
      description: 'One answer for each question.',
      schema: z.object({
        items: z.array(
          z.object({
            ...question.shape,
            ...decisionShape.shape,
            opt_out: optOutField,
            duplicate_of: duplicateOfField,
          }),
        ),
      }),
    },
  },
  example: {
    body: { questions: [asked] },
    status: 200,
    answer: { items: [{ ...asked, ...told, opt_out: exampleOptOut }] },
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
    'The same question for one person, answered rule by rule in words, now or as of a past instant: by what had been recorded until then, every fact as it stood, under the purposes and rule packs published until then. `knew` tells what was known at that instant; where `known` is false it cannot be told any more, and `says` tells why. To systems that are not the house’s own it tells the answer, its rules and what concerns their own question: neither `law` nor `bases`, and of `knew` only `account`, `contact-point` and `recipient`.',
  body: { type: 'json', schema: question.extend({ as_of: instant.optional() }) },
  answers: [200],
  responses: {
    200: {
      description: 'The decision with its trace.',
      schema: z.object({
        ...decisionShape.shape,
        at: instant,
        law: described(
          z.object({ jurisdiction: z.string(), version: z.string() }).optional(),
          'To the house’s own systems: it tells where the person lives.',
        ),
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
        knew: described(
          z.array(z.object({ fact: z.enum(knownFacts), known: z.boolean(), says: localised })),
          'What the house knew at the instant, kind by kind; to others than the house’s own systems, what concerns their question.',
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
      says: {
        es: 'La persona dijo que sí y su sí sigue en pie.',
        en: 'The person said yes, and the yes stands.',
      },
      cites: 'GDPR Art. 6(1)(a), 7',
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
      knew: [
        {
          fact: 'account',
          known: true,
          says: { es: 'Los datos de la persona estaban en uso.', en: "The person's data were in use." },
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

/**
 * Who may ask follows from how their system is registered today; what they may ask about a past day are the purposes of that
 * day as well, of which some have been retired or lost a contact channel since.
 */
async function registryToAsk(
  { registry, past }: ApiDeps,
  purpose: string,
  asOf: Date | undefined,
): Promise<PublishedRegistry> {
  const current = registry.current()
  if (asOf === undefined) return current
  const { active } = await past.loadAsOf(asOf)
  return active.has(purpose) ? { ...current, active } : current
}

const explained = (told: ToldToRecipient & Partial<Pick<Explanation, 'law'>>) => ({
  ...shown(told.decision),
  at: new Date(told.at).toISOString(),
  ...(told.law === undefined ? {} : { law: told.law }),
  says: told.says,
  cites: told.cites,
  rules: told.rules,
  knew: told.knew,
})

interface Answered {
  readonly answer: object
  readonly instead: Instead
}

const answerAlone = (answer: object): Answered => ({ answer, instead: undefined })

/** Each question for itself: what is wrong with one is the answer to that one. */
async function answered(deps: ApiDeps, asking: Asking, questions: readonly Question[]) {
  const registry = deps.registry.current()
  const asked = questions.map((one) => ({
    one,
    refused: outOfReach(asking, one.purpose, one.contact_channel, registry),
  }))
  const named = asked.flatMap(({ one, refused }) => (refused === undefined ? [one.sub] : []))
  const subjects = await subjectsBehind(deps, asking, named)
  const people = [...new Set(subjects.values())]
  const [known, queries] = await Promise.all([
    Promise.all(people.map(async (id) => [id, await deps.facts.find(id)] as const)),
    Promise.all(
      asked.map(async ({ one }) => {
        const subjectId = subjects.get(one.sub)
        if (subjectId === undefined) return undefined
        return aboutContactPoint(deps, subjectId, queryOf(asking, one), one.contact_point)
      }),
    ),
  ])
  const factsOf = new Map(known.flatMap(([id, found]) => (found === undefined ? [] : [[id, found.facts]])))
  const now = deps.clock.now().getTime()
  const answers = asked.map(async ({ one, refused }, index): Promise<Answered> => {
    if (refused !== undefined) return answerAlone({ ...one, ...plainNo(refused) })
    const subjectId = subjects.get(one.sub)
    const facts = subjectId === undefined ? undefined : factsOf.get(subjectId)
    if (subjectId === undefined || facts === undefined)
      return answerAlone({ ...one, ...plainNo('SUBJECT_UNKNOWN') })
    const query = queries[index]
    const decision = decide(query ?? queryOf(asking, one), facts, registry, now)
    if (query === undefined) {
      // Who may not write to the person at all learns nothing about their addresses.
      const refusal = decision.decision === 'DENY' ? shown(decision) : plainNo('CONTACT_POINT_UNKNOWN')
      return answerAlone({ ...one, ...refusal })
    }
    const person = { subjectId, facts }
    return {
      answer: {
        ...one,
        ...shown(decision),
        ...optOutWith(deps, asking, person, query, decision.decision, registry),
      },
      instead: await insteadOf(deps, asking, person, query, decision),
    }
  })
  return withDuplicates(deps, asking, await Promise.all(answers))
}

export const decisionRoutes = (deps: ApiDeps): readonly Route[] => [
  handled(deps, askDecisions, async (asking, { body }) =>
    json({ items: await answered(deps, asking, body.questions) }),
  ),
  handled(deps, explain, async (asking, { body }) => {
    const asOf = body.as_of === undefined ? {} : { asOf: new Date(body.as_of) }
    const registry = await registryToAsk(deps, body.purpose, asOf.asOf)
    ownContactChannel(asking, ownPurpose(asking, body.purpose, registry), body.contact_channel)
    const subjectId = await subjectBehind(deps, asking, body.sub)
    const query = await aboutContactPoint(deps, subjectId, queryOf(asking, body), body.contact_point)
    if (query === undefined) throw contactPointUnknown('/contact_point')
    const found = await explainFor(deps, { subjectId, query, ...asOf })
    if (found === undefined) throw notFound('subject-unknown', 'Your client knows nobody by this name.')
    return json(explained(isOurs(asking) ? found : toldToRecipient(found)))
  }),
]
