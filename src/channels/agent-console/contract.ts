import type { ChannelContract } from '../channel.ts'

/**
 * A call, and the desk where it is taken. Whoever takes it can say no for the caller and never yes: a yes is the caller's own,
 * given on their own device or confirmed there. `call` is the reference of the call, `script` the wording that was read.
 */
export const agentConsoleContract: ChannelContract = {
  id: 'call-centre',
  paths: ['/staff/calls', '/approve'],
  session: { kind: 'staff', idleSeconds: 300, longestSeconds: 36_000 },
  actors: [
    { who: 'staff', by: 'staff-passkey', assurance: 'passkey' },
    { who: 'subject', by: 'own-confirmation', assurance: 'passkey' },
  ],
  evidence: {
    established: ['touchpoint', 'network', 'userAgentFamily', 'requestId'],
    needed: ['surface', 'language', 'touchpoint'],
    particulars: ['call', 'script'],
  },
}

/** What a telephony system or a desk of somebody else's tells by the API: the place, and what was read. */
export const callCentreContract: ChannelContract = {
  ...agentConsoleContract,
  paths: [],
  session: { kind: 'token', idleSeconds: undefined, longestSeconds: undefined },
  actors: [{ who: 'client', by: 'access-token', assurance: 'none' }],
  evidence: {
    established: ['clientId', 'requestId'],
    needed: ['surface', 'language', 'touchpoint', 'clientId'],
    particulars: [],
    told: [
      [['agent']],
      [['call_reference']],
      // Where nothing is recorded, the caller confirmed it afterwards (consent by telephone: EDPB 05/2020 no. 91-95).
      [['recording_id', 'recording_offset', 'recording_hash'], ['confirmation']],
      [['script_id', 'script_version', 'script_language']],
      [['confirming_phrase'], ['confirming_key']],
    ],
  },
}
