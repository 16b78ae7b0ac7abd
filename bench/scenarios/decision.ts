import type { Query } from '../../src/features/consent/decision/matter.ts'
import { decide } from '../../src/features/consent/decision.ts'
import type { Facts } from '../../src/features/consent/facts.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { preparePointReads } from '../floor/point-reads.ts'
import type { HouseInside } from '../house/inside.ts'
import { Unavailable } from '../process/load-site.ts'
import type { Scenario } from './scenario.ts'

/** Enough decisions in one timed step that the clock and the promise around them weigh nothing. */
const handful = 1_000
const batch = 100

interface Question {
  readonly query: Query
  readonly facts: Facts
}

/** Every purpose of the house asked for its own attributes, systems and contact channels, of the first people. */
async function questionsOf(house: HouseInside, queries: readonly Query[]): Promise<readonly Question[]> {
  const people = await Promise.all(house.people.slice(0, 20).map((id) => house.readFacts(id)))
  return people.flatMap((facts) => queries.map((query) => ({ query, facts })))
}

function queriesOf(house: HouseInside): readonly Query[] {
  const { purposes, systems } = house.registry()
  const queries = [...purposes.values()].flatMap((purpose) =>
    [...systems.values()]
      .filter((system) => system.purposes.includes(purpose.id))
      .flatMap((system) =>
        purpose.attributes.map(
          (attribute): Query => ({
            system: system.id,
            purpose: purpose.id,
            contactChannel: purpose.class === 'marketing' ? 'email' : 'none',
            attribute,
            ...house.asking,
          }),
        ),
      ),
  )
  if (queries.length === 0) throw new Unavailable('the house has no purpose to ask about')
  return queries
}

export const decisionInHand: Scenario = {
  id: 'S9-hand',
  title: 'decision, facts in hand',
  operation: 'one decision by the rules, over real histories and every purpose; latency is of a thousand',
  perOperation: handful,
  objectiveMs: 10,
  budget: { roundTrips: 0, goal: 200_000 },
  house: {
    where: 'house',
    prepare: async (house) => {
      const questions = await questionsOf(house, queriesOf(house))
      const registry = house.registry()
      let turn = 0
      return {
        operate: async () => {
          const now = Date.now()
          let permits = 0
          for (let count = 0; count < handful; count += 1) {
            turn = (turn + 1) % questions.length
            const question = questions[turn]
            if (question === undefined) continue
            if (decide(question.query, question.facts, registry, now).decision === 'PERMIT') permits += 1
          }
          if (permits === 0) throw new Error('nothing was permitted: the histories are not the real ones')
        },
      }
    },
  },
}

export const decisionBatch: Scenario = {
  id: 'S9-batch',
  title: 'decisions for a hundred people, facts read',
  operation: 'one person read and decided on; latency is of a batch of a hundred',
  perOperation: batch,
  objectiveMs: 50,
  budget: { roundTrips: 1, ratio: 0.15 },
  house: {
    where: 'house',
    prepare: async (house) => {
      const [query] = queriesOf(house)
      const registry = house.registry()
      if (query === undefined || house.people.length === 0) throw new Unavailable('nobody to decide about')
      let turn = 0
      const one = async () => {
        turn = (turn + 1) % house.people.length
        const person = house.people[turn]
        if (person !== undefined) decide(query, await house.readFacts(person), registry, Date.now())
      }
      return {
        operate: async () => {
          await Promise.all(Array.from({ length: batch }, one))
        },
      }
    },
  },
  floor: {
    title: 'raw pipelined read by primary key',
    where: 'floor',
    perOperation: batch,
    prepare: (floor) => preparePointReads(floor, batch),
  },
}

const page = 100

export const contactable: Scenario = {
  id: 'S9-contactable',
  title: 'who may be mailed now',
  operation: 'one person on a page of a hundred, by the one indexed select; latency is of a page',
  perOperation: page,
  objectiveMs: 20,
  budget: { roundTrips: 1 },
  house: {
    where: 'house',
    prepare: async (house) => {
      await house.settlePermissions()
      let after: SubjectId | undefined
      // The end of the list is no full page, and would be counted as one.
      const fullPage = async () => {
        for (const from of [after, undefined]) {
          const { people, next } = await house.contactable(from, page)
          after = next
          if (people.length === page) return
        }
        throw new Unavailable('fewer may be mailed than a page holds')
      }
      await fullPage()
      return { operate: fullPage }
    },
  },
}

export const redecision: Scenario = {
  id: 'S9-redecide',
  title: 'all permissions of a person decided again, durable',
  operation:
    'one person moved to another country, every permission rewritten with audit entry and outbox event',
  objectiveMs: 50,
  budget: {},
  house: {
    where: 'house',
    prepare: async (house) => {
      if (house.people.length === 0) throw new Unavailable('nobody to decide about')
      let turn = 0
      return {
        operate: async () => {
          turn = (turn + 1) % house.people.length
          const person = house.people[turn]
          if (person !== undefined) await house.redecide(person)
        },
      }
    },
  },
}
