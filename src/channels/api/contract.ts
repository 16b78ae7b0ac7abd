import type { ChannelContract } from '../channel.ts'

/** Programs, each with a token of its own. What they tell of a shop, a call or an app is kept under that channel's name. */
export const apiContract: ChannelContract = {
  id: 'api',
  paths: ['/api'],
  session: { kind: 'token', idleSeconds: undefined, longestSeconds: 600 },
  actors: [{ who: 'client', by: 'access-token', assurance: 'none' }],
  evidence: {
    established: ['clientId', 'requestId'],
    needed: ['surface', 'language', 'clientId'],
    particulars: [],
  },
}
