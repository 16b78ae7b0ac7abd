import type { ClientPlace, Scenario } from './scenario.ts'
import { signedInPeople } from './sessions.ts'

const ask = {
  where: 'client' as const,
  prepare: async (place: ClientPlace) => {
    const { party, sessions } = await signedInPeople(place)
    const accessTokens = sessions.map(({ tokens }) => tokens.access)
    let turn = 0
    return {
      operate: async () => {
        turn = (turn + 1) % accessTokens.length
        const claims = await party.userinfo(accessTokens[turn] ?? '')
        if (claims[place.target.expectedClaim] === undefined)
          throw new Error(`userinfo without ${place.target.expectedClaim}`)
      },
    }
  },
}

export const userinfo: Scenario = {
  id: 'S8',
  title: 'userinfo, decided now, disclosure recorded',
  operation: 'one userinfo request; the floor answers the same claims without asking anybody',
  objectiveMs: 20,
  // One read, and the write of the disclosure, shared by whoever asks at the same moment.
  budget: { roundTrips: 2, ratio: 0.55, goal: 3_000 },
  house: ask,
  floor: { title: 'oidc-provider, in memory', ...ask },
}
