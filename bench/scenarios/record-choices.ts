import { prepareGroupCommit } from '../floor/group-commit.ts'
import { Unavailable } from '../process/load-site.ts'
import type { Scenario } from './scenario.ts'

export const recordChoices: Scenario = {
  id: 'S10',
  title: 'record choices, durable',
  operation:
    'one changed answer with audit entry, receipt and outbox event, committed; each time of another person',
  objectiveMs: 25,
  // The facts are read, because the act is decided on them; the write is shared by whoever records at the same moment.
  budget: { roundTrips: 2, ratio: 0.3, goal: 5_000 },
  house: {
    where: 'house',
    prepare: async (house) => {
      if (house.people.length === 0) throw new Unavailable('nobody to record for')
      let turn = 0
      return {
        operate: async () => {
          turn = (turn + 1) % house.people.length
          const person = house.people[turn]
          if (person !== undefined) await house.recordChoice(person)
        },
      }
    },
  },
  floor: {
    title: 'raw group commit of ledger, current state and outbox',
    where: 'floor',
    prepare: prepareGroupCommit,
  },
}
