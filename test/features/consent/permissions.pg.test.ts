import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideFor, objectToPurpose } from '../../../src/features/consent/index.ts'
import type { ContactChannel } from '../../../src/kernel/evidence.ts'
import { type ConsentHouse, evidence, house, openConsentHouse } from './consent-house.ts'

let norte: ConsentHouse
beforeAll(async () => {
  norte = await openConsentHouse()
})
afterAll(() => norte.close())

const questions: readonly (readonly [purpose: string, channel: ContactChannel, system: string])[] = [
  ['marketing.direct', 'email', 'newsletter'],
  ['marketing.direct', 'sms', 'newsletter'],
  ['personalisation.onsite', 'none', 'shop'],
  ['fraud.prevention', 'none', 'shop'],
]

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      question: fc.constantFrom(questions[0], questions[1], questions[2]),
      answer: fc.constantFrom('yes' as const, 'no' as const, 'later' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('object' as const),
      purpose: fc.constantFrom('marketing.direct', 'fraud.prevention'),
    }),
  },
)

test('the permissions kept for exports answer as the one decision does, whatever people did before', async () => {
  let person = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      person += 1
      const subjectId = await norte.register(`Persona${person}`)
      for (const one of steps) {
        norte.pass(3_600_000)
        if (one.do === 'object') {
          await objectToPurpose(norte.parts, {
            subjectId,
            actor: norte.asSubject(subjectId),
            evidence,
            idempotencyKey: norte.entropy.id(),
            ...house,
            purpose: one.purpose,
          })
        } else if (one.question !== undefined) {
          const [purpose, channel] = one.question
          await norte.say(subjectId, purpose, channel, one.answer)
        }
      }
      const kept = await norte.parts.records.permissionsOf(subjectId)
      for (const [purpose, contactChannel, system] of questions) {
        const row = kept.find((one) => one.purpose === purpose && one.contactChannel === contactChannel)
        if (row === undefined) continue
        const attributes = norte.registry.current().purposes.get(purpose)?.attributes ?? []
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

test('an objection to fraud screening stops it at once, and said twice it is one fact', async () => {
  const ana = await norte.register('Ana')
  const question = [
    { system: 'shop', purpose: 'fraud.prevention', contactChannel: 'none', attribute: 'email', ...house },
  ] as const
  expect((await decideFor(norte.parts, ana, question))?.[0]?.reason).toBe('LEGITIMATE_INTEREST')
  const object = () =>
    objectToPurpose(norte.parts, {
      subjectId: ana,
      actor: norte.asSubject(ana),
      evidence,
      idempotencyKey: norte.entropy.id(),
      ...house,
      purpose: 'fraud.prevention',
    })
  expect(await object()).toMatchObject({ outcome: 'recorded' })
  expect(await object()).toEqual({ outcome: 'unchanged' })
  expect((await decideFor(norte.parts, ana, question))?.[0]?.reason).toBe('OBJECTED')
})

test('objecting again after a yes in between stops it again', async () => {
  const bruno = await norte.register('Bruno')
  const question = [
    {
      system: 'newsletter',
      purpose: 'marketing.direct',
      contactChannel: 'email',
      attribute: 'email',
      ...house,
    },
  ] as const
  const reason = async () => (await decideFor(norte.parts, bruno, question))?.[0]?.reason
  const object = () =>
    objectToPurpose(norte.parts, {
      subjectId: bruno,
      actor: norte.asSubject(bruno),
      evidence,
      idempotencyKey: norte.entropy.id(),
      ...house,
      purpose: 'marketing.direct',
    })
  for (const round of ['first', 'second']) {
    norte.pass(1000)
    expect(await object(), round).toMatchObject({ outcome: 'recorded' })
    expect(await reason(), round).toBe('OBJECTED')
    norte.pass(1000)
    await norte.say(bruno, 'marketing.direct', 'email', 'yes')
    expect(await reason(), round).toBe('CONSENT_GIVEN')
  }
})

test('a yes for one address is none for another, and a no reaches the permissions of both', async () => {
  const carmen = await norte.register('Carmen')
  await norte.say(carmen, 'marketing.direct', 'email', 'yes')
  norte.pass(1000)
  const [address] = await norte.owner('identifiers').where('subject_id', carmen)
  await norte.owner('identifiers').insert({
    ...address,
    identifier_id: norte.entropy.id(),
    verified_at: norte.clock.now(),
    created_at: norte.clock.now(),
  })
  const question = [
    {
      system: 'newsletter',
      purpose: 'marketing.direct',
      contactChannel: 'email',
      attribute: 'email',
      ...house,
    },
  ] as const
  expect((await decideFor(norte.parts, carmen, question))?.[0]?.decision).toBe('DENY')
  norte.pass(1000)
  await norte.say(carmen, 'marketing.direct', 'email', 'no')
  const kept = await norte.parts.records.permissionsOf(carmen)
  const ofEmail = kept.filter(({ contactChannel }) => contactChannel === 'email')
  expect(new Set(ofEmail.map(({ contactPoint }) => contactPoint)).size).toBe(2)
  expect(ofEmail.map(({ decision }) => decision)).toEqual(['DENY', 'DENY'])
})
