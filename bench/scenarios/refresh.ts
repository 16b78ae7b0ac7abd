import { Circulation } from '../generator/circulation.ts'
import type { ClientPlace, Scenario } from './scenario.ts'
import { signedInPeople } from './sessions.ts'

const rotate = {
  where: 'client' as const,
  prepare: async (place: ClientPlace) => {
    const { party, sessions } = await signedInPeople(place)
    const refreshTokens = sessions.map(({ tokens }) => tokens.refresh)
    const given = refreshTokens.filter((token) => token !== undefined)
    if (given.length < sessions.length) throw new Error('a sign-in gave no refresh token')
    const circulation = new Circulation(given)
    return {
      operate: () =>
        circulation.with(async (held) => {
          held.thing = await party.refresh(held.thing)
        }),
    }
  },
}

export const refresh: Scenario = {
  id: 'S2',
  title: 'refresh with rotation',
  operation: 'one refresh: the old token is consumed and the new one durable before the answer',
  objectiveMs: 35,
  budget: { roundTrips: 2, ratio: 0.6, goal: 1_600 },
  house: rotate,
  floor: { title: 'oidc-provider, in memory', ...rotate },
}
