import { callCentreContract } from '../channels/agent-console/contract.ts'
import { apiContract } from '../channels/api/contract.ts'
import { appContract } from '../channels/app/index.ts'
import { type Channel, type ChannelContract, checkContract, type NeededFields } from '../channels/channel.ts'
import { kioskContract } from '../channels/kiosk/contract.ts'
import { storeContract } from '../channels/store/contract.ts'
import { webContract } from '../channels/web-contract.ts'
import type { NeededEvidence } from '../features/consent/index.ts'
import type { Channel as ChannelId, Evidence } from '../kernel/evidence.ts'

/** What each way in promises where a surface of it says nothing else, and where others tell of it by the API. */
const standing: Readonly<Record<ChannelId, ChannelContract>> = {
  web: webContract,
  app: appContract,
  kiosk: kioskContract,
  'call-centre': callCentreContract,
  store: storeContract,
  api: apiContract,
}

const contractOf = ({ id, contract }: Channel): ChannelContract => contract ?? standing[id]

/** Holds every channel to its contract, at the start. */
export function keptContracts(channels: readonly Channel[]): readonly Channel[] {
  for (const channel of channels) checkContract(channel, contractOf(channel))
  return channels
}

/** What an act must bring along, by where it says it was: the surface's own contract, or that of its channel. */
export const neededEvidence =
  (channels: () => readonly Channel[]) =>
  (evidence: Evidence): NeededEvidence => {
    const surface = channels().find(({ id, name }) => id === evidence.channel && name === evidence.surface)
    const { needed, particulars } = (surface === undefined ? standing[evidence.channel] : contractOf(surface))
      .evidence
    return { fields: needed, particulars }
  }

/** What a yes must bring along that is told by the API of somewhere else. */
export const neededWhenTold = (channel: ChannelId): readonly NeededFields[] =>
  standing[channel].evidence.told ?? []
