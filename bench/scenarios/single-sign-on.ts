import { Circulation } from '../generator/circulation.ts'
import type { ClientPlace, Scenario } from './scenario.ts'
import { signedInPeople } from './sessions.ts'

const passThrough = {
  where: 'client' as const,
  prepare: async (place: ClientPlace) => {
    const { party, sessions } = await signedInPeople(place)
    const circulation = new Circulation(sessions.map(({ browser }) => browser))
    return {
      operate: () =>
        circulation.with(async ({ thing: browser }) => {
          await party.singleSignOn(browser)
        }),
    }
  },
}

export const singleSignOn: Scenario = {
  id: 'S3',
  title: 'single sign-on and code exchange',
  operation: 'authorize with a session (prompt=none, PKCE), then exchange the code: two requests',
  objectiveMs: 100,
  budget: { roundTrips: 4, ratio: 0.65, goal: 750 },
  house: passThrough,
  floor: { title: 'oidc-provider, in memory', ...passThrough },
}
