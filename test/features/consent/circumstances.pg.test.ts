import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  decideFor,
  explainFor,
  liftSuppression,
  objectToMarketing,
  pgRegistrySource,
  recordPurchase,
  restrictProcessing,
  suppressContact,
} from '../../../src/features/consent/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type ConsentHouse, dpo, evidence, house, openConsentHouse } from './consent-house.ts'
import { pastOf } from './explain-as-of-house.ts'

let norte: ConsentHouse
let officer: Actor
beforeAll(async () => {
  norte = await openConsentHouse()
  officer = { kind: 'staff', staffId: norte.entropy.id(), roles: ['dpo'], assurance: 'passkey' }
})
afterAll(() => norte.close())

const questions = [
  ['marketing.direct', 'email'],
  ['marketing.direct', 'sms'],
  ['personalisation.onsite', 'none'],
  ['fraud.prevention', 'none'],
] as const

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      which: fc.constantFrom(questions[0], questions[1], questions[2]),
      answer: fc.constantFrom('yes' as const, 'no' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('buy' as const), optOutOffered: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('suppress' as const),
      contactChannel: fc.constantFrom('email' as const, 'sms' as const, '*' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('restrict' as const),
      scope: fc.constantFrom(['*'], ['marketing.*'], ['attr:email']),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('object' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

async function take(subjectId: SubjectId, one: Step): Promise<unknown> {
  const { work, clock, entropy, registry } = norte
  const parts = { work, clock, entropy, registry, facts: norte.parts.facts }
  const act = { subjectId, evidence, idempotencyKey: entropy.id<'form'>(), controller: house.controller }
  switch (one.do) {
    case 'say':
      return norte.say(subjectId, one.which[0], one.which[1], one.answer)
    case 'buy':
      return recordPurchase(parts, {
        subjectId,
        actor: dpo,
        purchaseId: entropy.id(),
        controller: house.controller,
        category: 'fashion',
        optOutOffered: one.optOutOffered,
        boughtAt: clock.now(),
      })
    case 'suppress':
      return suppressContact(parts, {
        subjectId,
        actor: dpo,
        contactChannel: one.contactChannel,
        reason: 'complaint',
        source: 'property test',
      })
    case 'restrict':
      return restrictProcessing(norte.parts, { ...act, actor: officer, scope: one.scope, ground: 'accuracy' })
    case 'object':
      return objectToMarketing(norte.parts, { ...act, actor: norte.asSubject(subjectId) })
  }
}

test('kept permissions answer as the one decision does, whatever is bought, bounced, restricted or objected to', async () => {
  let person = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      person += 1
      const subjectId = await norte.register(`Circunstancia${person}`)
      for (const one of steps) {
        norte.pass(3_600_000)
        await take(subjectId, one)
      }
      const kept = await norte.parts.records.permissionsOf(subjectId)
      for (const [purpose, contactChannel] of questions) {
        const row = kept.find((one) => one.purpose === purpose && one.contactChannel === contactChannel)
        if (row === undefined) continue
        const attributes = norte.registry.current().purposes.get(purpose)?.attributes ?? []
        const system = purpose === 'marketing.direct' ? 'newsletter' : 'shop'
        const single = await decideFor(
          norte.parts,
          subjectId,
          attributes.map((attribute) => ({ system, purpose, contactChannel, attribute, ...house })),
        )
        const allowed = attributes.filter((_, index) => single?.[index]?.decision === 'PERMIT')
        expect(row.attributes).toEqual(allowed)
        expect(row.decision).toBe(allowed.length > 0 ? 'PERMIT' : 'DENY')
        expect(row.reason).toBe(single?.find(({ decision }) => decision === row.decision)?.reason)
      }
    }),
    { numRuns: 25 },
  )
})

test("a complaint that was let go since then is told as of the day it stood, and is in nobody's way now", async () => {
  const parts = {
    ...norte.parts,
    work: norte.work,
    past: pgRegistrySource(norte.lane),
    pastFacts: pastOf(norte),
  }
  const subjectId = await norte.register('Nuria')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  const command = {
    subjectId,
    actor: officer,
    evidence,
    contactChannel: 'email',
  } as const
  norte.pass(3_600_000)
  await suppressContact(parts, { ...command, reason: 'complaint', source: 'feedback-loop' })
  norte.pass(3_600_000)
  const stood = norte.clock.now()
  norte.pass(3_600_000)
  await liftSuppression(parts, command)
  norte.pass(3_600_000)
  const query = {
    ...house,
    system: 'newsletter',
    purpose: 'marketing.direct',
    contactChannel: 'email',
    attribute: 'email',
  } as const
  const reason = async (asOf?: Date) =>
    (await explainFor(parts, { subjectId, query, ...(asOf === undefined ? {} : { asOf }) }))?.decision.reason
  expect(await reason()).toBe('CONSENT_GIVEN')
  expect(await reason(stood)).toBe('SUPPRESSED_INTERNAL')
})
