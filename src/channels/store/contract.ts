import type { ChannelContract } from '../channel.ts'

/**
 * The shop: its staff helps and enrols under `/staff/store`, the customer finishes on their own phone under `/store`. Each act
 * says in which store it was.
 */
export const storeContract: ChannelContract = {
  id: 'store',
  paths: ['/staff/store', '/store'],
  session: { kind: 'staff', idleSeconds: 1_800, longestSeconds: 36_000 },
  actors: [
    { who: 'staff', by: 'staff-passkey', assurance: 'passkey' },
    { who: 'subject', by: 'own-confirmation', assurance: 'code' },
  ],
  evidence: {
    established: ['touchpoint', 'network', 'userAgentFamily', 'requestId'],
    needed: ['surface', 'language', 'touchpoint'],
    particulars: [],
    // What is told of a store without a screen was said on paper.
    told: [[['clerk']], [['form_version']], [['scan_hash']]],
  },
}
