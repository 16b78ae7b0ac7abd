import type { ChannelContract } from '../channel.ts'
import { kioskWorkerPath } from './paths.ts'

/**
 * A screen in a shop, with others behind the customer's back: whoever stands there signs in with the phone in their hand,
 * and the visit ends with them. Each act says which terminal it was.
 */
export const kioskContract: ChannelContract = {
  id: 'kiosk',
  paths: ['/kiosk', '/device', kioskWorkerPath],
  session: { kind: 'visit', idleSeconds: 60, longestSeconds: 900 },
  actors: [
    { who: 'anyone', by: 'device-flow', assurance: 'code' },
    { who: 'kiosk-visitor', by: 'device-flow', assurance: 'code' },
    { who: 'subject', by: 'session-cookie', assurance: 'code' },
  ],
  evidence: {
    established: ['touchpoint', 'clientId', 'network', 'userAgentFamily', 'requestId'],
    needed: ['surface', 'language', 'touchpoint'],
    particulars: [],
    told: [[['software_version']], [['counter']], [['device_signature']], [['operator_present']]],
  },
}
