/**
 * App: an application of ours on somebody's own phone. It has no pages here: people sign in through the browser of the
 * phone, and what they choose in the app comes by the API, with the person's own token.
 */
import type { ChannelContract } from '../channel.ts'

const day = 86_400

export const appContract: ChannelContract = {
  id: 'app',
  paths: [],
  // A chain of refresh tokens that is bound to the app's key (R25).
  session: { kind: 'token', idleSeconds: 30 * day, longestSeconds: 180 * day },
  actors: [{ who: 'client', by: 'subject-token', assurance: 'code' }],
  evidence: {
    established: ['clientId', 'requestId'],
    needed: ['surface', 'language', 'clientId'],
    particulars: [],
    told: [[['app_version']]],
  },
}
