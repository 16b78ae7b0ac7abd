import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Query } from '../../../src/features/consent/decision/matter.ts'
import { type Decision, decide } from '../../../src/features/consent/decision.ts'
import { factsAsOf } from '../../../src/features/consent/explain/facts-as-of.ts'
import {
  endContract,
  liftSuppression,
  objectToMarketing,
  recordContract,
  recordPurchase,
  restrictProcessing,
  suppressContact,
} from '../../../src/features/consent/index.ts'
import type { SamePerson } from '../../../src/features/identity/index.ts'
import { registerRecipient } from '../../../src/features/recipients/index.ts'
import type { Actor } from '../../../src/kernel/actor.ts'
import { PlacetError } from '../../../src/kernel/errors.ts'
import type { Id, SubjectId } from '../../../src/kernel/ids.ts'
import { dpo, evidence, house } from './consent-house.ts'
import { type ExplainHouse, newsletter, openExplainHouse } from './explain-as-of-house.ts'

const hour = 3_600_000
const day = 24 * hour

let norte: ExplainHouse
let officer: Actor
beforeAll(async () => {
  norte = await openExplainHouse()
  officer = { kind: 'staff', staffId: norte.entropy.id(), roles: ['dpo'], assurance: 'passkey' }
})
afterAll(() => norte.close())

const questions: readonly Query[] = [
  newsletter,
  { ...newsletter, contactChannel: 'sms', attribute: 'given_name' },
  {
    ...house,
    system: '(house)',
    purpose: 'personalisation.onsite',
    contactChannel: 'none',
    attribute: 'shoe_size',
  },
  { ...house, system: 'shop', purpose: 'fraud.prevention', contactChannel: 'none', attribute: 'email' },
  { ...house, system: 'shop', purpose: 'auth.login', contactChannel: 'none', attribute: 'email' },
]

const steps = {
  say: fc.record({
    do: fc.constant('say' as const),
    who: fc.constantFrom('one' as const, 'one' as const, 'other' as const),
    what: fc.constantFrom(['marketing.direct', 'email'], ['personalisation.onsite', 'none']),
    answer: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const),
  }),
  told: fc.record({
    do: fc.constantFrom('late' as const, 'early' as const),
    type: fc.constantFrom('withdrawn', 'given'),
    days: fc.constantFrom(1, 40),
  }),
  list: fc.record({ do: fc.constant('list' as const), listed: fc.boolean() }),
  move: fc.record({ do: fc.constant('move' as const), to: fc.constantFrom('ES', 'DE', 'FR', 'XX') }),
  born: fc.record({ do: fc.constant('born' as const), year: fc.constantFrom(1990, 2015) }),
  state: fc.record({
    do: fc.constant('become' as const),
    state: fc.constantFrom('active' as const, 'locked' as const, 'blocked' as const),
  }),
  address: fc.record({ do: fc.constant('address' as const), verified: fc.boolean() }),
  contract: fc.record({ do: fc.constant('processing-contract' as const), there: fc.boolean() }),
  rest: fc.record({
    do: fc.constantFrom(
      'buy' as const,
      'object' as const,
      'restrict' as const,
      'suppress' as const,
      'lift' as const,
      'link' as const,
      'unlink' as const,
      'begin' as const,
      'end' as const,
      'wait' as const,
    ),
  }),
}
const step = fc.oneof(
  { weight: 5, arbitrary: steps.say },
  { weight: 3, arbitrary: fc.oneof(steps.list, steps.move, steps.born, steps.state, steps.address) },
  { weight: 2, arbitrary: fc.oneof(steps.told, steps.contract) },
  { weight: 5, arbitrary: steps.rest },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

interface Person {
  readonly one: SubjectId
  readonly other: SubjectId
  link: SamePerson | undefined
  contract: Id<'contract'> | undefined
}

/** A fact that comes in when it is recorded, about another day: an old one late, or one of a till whose clock is fast. */
async function tell(subjectId: SubjectId, type: string, after: number) {
  const [last] = await norte
    .owner('consent_events')
    .where({ subject_id: subjectId })
    .whereIn('type', ['given', 'withdrawn', 'refused'])
    .orderBy('occurred_at', 'desc')
  if (last === undefined) return
  const now = norte.clock.now()
  await norte.owner('consent_events').insert({
    ...last,
    event_id: norte.entropy.id(),
    type,
    occurred_at: new Date(now.getTime() + after),
    recorded_at: now,
  })
}

async function take(person: Person, step: Step): Promise<unknown> {
  const { one } = person
  const { parts, clock, entropy } = norte
  const act = { subjectId: one, evidence, idempotencyKey: entropy.id<'form'>(), controller: house.controller }
  switch (step.do) {
    case 'say': {
      const [purpose = '', channel] = step.what
      return norte.say(person[step.who], purpose, channel === 'email' ? 'email' : 'none', step.answer)
    }
    case 'late':
      return tell(one, step.type, -step.days * day)
    case 'early':
      return tell(one, step.type, step.days * day)
    case 'list':
      return norte.consult(one, step.listed)
    case 'move':
      return norte.move(one, step.to)
    case 'born':
      return norte.born(one, step.year)
    case 'become':
      return norte.become(one, step.state)
    case 'address':
      return norte.addAddress(one, step.verified)
    case 'processing-contract':
      return putMailer(step.there)
    case 'buy':
      return recordPurchase(parts, {
        ...act,
        actor: dpo,
        purchaseId: entropy.id(),
        category: 'fashion',
        optOutOffered: true,
        boughtAt: clock.now(),
      })
    case 'object':
      return objectToMarketing(parts, { ...act, actor: norte.asSubject(one) })
    case 'restrict':
      return restrictProcessing(parts, { ...act, actor: officer, scope: ['marketing.*'], ground: 'accuracy' })
    case 'suppress':
      return suppressContact(parts, {
        ...act,
        actor: dpo,
        contactChannel: 'email',
        reason: 'complaint',
        source: 'test',
      })
    case 'lift':
      return liftSuppression(parts, { ...act, actor: officer, contactChannel: 'email' })
    case 'link':
      person.link ??= await norte.link(one, person.other)
      return undefined
    case 'unlink':
      if (person.link !== undefined) await norte.unlink(person.link)
      person.link = undefined
      return undefined
    case 'begin': {
      const contractId = entropy.id<'contract'>()
      await recordContract(parts, { ...act, actor: dpo, contractId, beganAt: clock.now() })
      person.contract = contractId
      return undefined
    }
    case 'end':
      return person.contract === undefined
        ? undefined
        : endContract(parts, { ...act, actor: dpo, contractId: person.contract })
    case 'wait':
      return norte.pass(40 * day)
  }
}

async function putMailer(processingContract: boolean) {
  const recipient = {
    recipientId: 'newsletter',
    name: 'Correo Claro',
    role: 'processor',
    processingContract,
    thirdCountry: false,
    countries: ['IE'],
    purposes: ['marketing.direct'],
  } as const
  await registerRecipient(norte, { actor: dpo, recipient })
  await norte.registry.refresh()
}

/** Nothing is recorded for somebody who is blocked: the refusal is part of the history. */
const unlessRefused = (act: Promise<unknown>) =>
  act.catch((error: unknown) => {
    if (!(error instanceof PlacetError)) throw error
  })

test('whatever changed since, and however often, a decision is explained as it fell on its day', {
  timeout: 120_000,
}, async () => {
  let number = 0
  let otherwiseNow = 0
  let otherwiseReplayed = 0
  const outcomes = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (history) => {
      number += 1
      const person: Person = {
        one: await norte.register(`Persona${number}`),
        other: await norte.register(`Otra${number}`),
        link: undefined,
        contract: undefined,
      }
      await putMailer(true)
      const fell: { readonly at: Date; readonly query: Query; readonly decision: Decision }[] = []
      for (const one of history) {
        norte.pass(hour)
        await unlessRefused(take(person, one))
        for (const query of questions) {
          fell.push({ at: norte.clock.now(), query, decision: await norte.live(person.one, query) })
        }
      }
      norte.pass(hour)
      const today = await norte.parts.facts.find(person.one)
      if (today === undefined) throw new Error('nobody')
      for (const { at, query, decision } of fell) {
        const told = await norte.asOf(person.one, query, at)
        expect([at, query, told.decision]).toEqual([at, query, decision])
        expect(told.knew.every(({ known }) => known)).toBe(true)
        outcomes.add(decision.reason)
        const now = norte.registry.current()
        if (decide(query, today.facts, now, at.getTime()).reason !== decision.reason) otherwiseNow += 1
        const replayed = decide(query, factsAsOf(today.facts, at.getTime()), now, at.getTime())
        if (replayed.reason !== decision.reason) otherwiseReplayed += 1
      }
    }),
    { numRuns: 25 },
  )
  // Negative controls: by today's facts, and by replaying only what is added to, many answers would have been others.
  expect(otherwiseNow).toBeGreaterThan(15)
  expect(otherwiseReplayed).toBeGreaterThan(5)
  expect(outcomes.size).toBeGreaterThan(5)
})
