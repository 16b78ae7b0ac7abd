import type { ChannelContract } from '../channel.ts'

/** The customer's own device during a call: their yes, with their passkey, and where and by whom it was asked for. */
export const callApprovalContract: ChannelContract = {
  id: 'call-centre',
  paths: ['/call-approval'],
  session: { kind: 'browser', idleSeconds: 1_209_600, longestSeconds: 7_776_000 },
  actors: [{ who: 'subject', by: 'own-confirmation', assurance: 'passkey' }],
  evidence: {
    established: ['network', 'userAgentFamily', 'requestId'],
    needed: ['surface', 'language'],
    particulars: [],
  },
}
