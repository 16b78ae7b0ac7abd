import { RelyingParty } from '../generator/relying-party.ts'
import { Unavailable } from '../process/load-site.ts'
import type { ClientPlace, Scenario } from './scenario.ts'

const isJwt = (token: string) => token.split('.').length === 3

const grant = (format: 'opaque' | 'jwt') => ({
  where: 'client' as const,
  prepare: async ({ http, target }: ClientPlace) => {
    const resource = format === 'jwt' ? target.machine.jwtResource : target.machine.opaqueResource
    if (format === 'jwt' && resource === undefined)
      throw new Unavailable('no service here takes JWT access tokens')
    const party = await RelyingParty.discover(http, target)
    return {
      operate: async () => {
        const { access } = await party.clientCredentials(resource)
        if (isJwt(access) !== (format === 'jwt')) throw new Error(`the token is not ${format}`)
      },
    }
  },
})

const both = { where: 'client' as const, title: 'oidc-provider, in memory' }

export const clientCredentialsOpaque: Scenario = {
  id: 'S1-opaque',
  title: 'client credentials, opaque token',
  operation: 'one token request with a client secret; the token is a row',
  objectiveMs: 50,
  budget: { roundTrips: 1, ratio: 0.75 },
  house: grant('opaque'),
  floor: { ...both, ...grant('opaque') },
}

export const clientCredentialsJwt: Scenario = {
  id: 'S1-jwt',
  title: 'client credentials, JWT ES256',
  operation: 'one token request with a client secret; the token is signed and not kept',
  objectiveMs: 50,
  budget: { roundTrips: 0, ratio: 0.75 },
  house: grant('jwt'),
  floor: { ...both, ...grant('jwt') },
}
