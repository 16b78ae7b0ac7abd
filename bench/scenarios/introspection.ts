import { inParallel } from '../generator/circulation.ts'
import { RelyingParty } from '../generator/relying-party.ts'
import type { ClientPlace, Scenario } from './scenario.ts'

const tokensAsked = 200

/** Half of the tokens are revoked: a service asks about those too, and most want an answer there. */
const ask = {
  where: 'client' as const,
  prepare: async ({ http, target }: ClientPlace) => {
    const party = await RelyingParty.discover(http, target)
    const tokens = await inParallel([...Array(tokensAsked).keys()], 8, async (number) => {
      const { access } = await party.clientCredentials(target.machine.opaqueResource)
      const alive = number % 2 === 0
      if (!alive) await party.revoke(access)
      return { access, alive }
    })
    let turn = 0
    return {
      operate: async () => {
        turn = (turn + 1) % tokens.length
        const token = tokens[turn]
        if (token !== undefined && (await party.introspect(token.access)) !== token.alive)
          throw new Error(token.alive ? 'a living token was called dead' : 'a revoked token was called alive')
      },
    }
  },
}

export const introspection: Scenario = {
  id: 'S7',
  title: 'introspection, half revoked',
  operation: 'one introspection of an opaque token with a client secret',
  objectiveMs: 20,
  budget: { roundTrips: 1, ratio: 0.6, goal: 3_000 },
  house: ask,
  floor: { title: 'oidc-provider, in memory', ...ask },
}
