import type { ChannelContract } from './channel.ts'

const day = 86_400

/** Pages of ours in somebody's own browser: all surfaces whose id is `web` share it. */
export const webContract: ChannelContract = {
  id: 'web',
  paths: ['/'],
  session: { kind: 'browser', idleSeconds: 14 * day, longestSeconds: 90 * day },
  actors: [
    { who: 'subject', by: 'session-cookie', assurance: 'code' },
    { who: 'anyone', by: 'sealed-address', assurance: 'none' },
    { who: 'staff', by: 'staff-passkey', assurance: 'passkey' },
  ],
  evidence: {
    established: ['network', 'userAgentFamily', 'requestId'],
    needed: ['surface', 'language'],
    particulars: [],
  },
}
