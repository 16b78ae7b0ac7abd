import { createArgon2Hasher } from '../../src/platform/passwords/index.ts'
import { RelyingParty } from '../generator/relying-party.ts'
import type { ClientPlace, Scenario } from './scenario.ts'

const password = 'una-frase-que-nadie-adivina'

/** Each sign-in is of another person: the house runs one hash at a time for one account. */
const signIn = async ({ http, target }: ClientPlace) => {
  const party = await RelyingParty.discover(http, target)
  // Whoever has a passkey already is offered none.
  const people = target.people.filter(({ passkey }) => passkey === undefined)
  let turn = 0
  return {
    operate: async () => {
      turn = (turn + 1) % people.length
      const person = people[turn]
      if (person !== undefined) await party.signIn(person)
    },
  }
}

export const passwordSignIn: Scenario = {
  id: 'S4',
  title: 'sign-in with password, whole flow',
  operation: 'authorize, e-mail page, password page (argon2id 19 MiB, t=2), code, tokens; consent known',
  objectiveMs: 500,
  // The floor is the hash alone, so the ratio is the share of a sign-in that must not be anything else: 1 / 2.2.
  budget: { roundTrips: 9, ratio: 0.45 },
  house: { where: 'client', prepare: signIn },
  floor: {
    title: 'the argon2id hash alone, same workers',
    where: 'floor',
    prepare: async () => {
      const hasher = createArgon2Hasher({ maxWaitMs: 10_000 })
      const hash = await hasher.hash(password)
      let turn = 0
      return {
        operate: async () => {
          turn += 1
          if (!(await hasher.verify(hash, password, `person-${turn}`)).ok)
            throw new Error('the right password was refused')
        },
        close: () => hasher.close(),
      }
    },
  },
}
