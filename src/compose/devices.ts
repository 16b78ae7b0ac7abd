import type { IncomingMessage } from 'node:http'
import type { Channel } from '../channels/channel.ts'
import { type PhoneDeps, phoneRoutes } from '../channels/kiosk/phone.ts'
import { isWithin, type Touchpoint, type Touchpoints } from '../features/touchpoints/index.ts'
import { type DeviceDeps, type Oidc, pgDeviceStores, pgVisitStores, type Terminals } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { networkKey } from '../platform/limits/index.ts'
import { callerAddress, cutAddress } from '../platform/web/network.ts'
import { keepProofs } from './pg-work.ts'
import type { Platform } from './platform.ts'

/** Terminals as the device grant asks about them. A terminal in a store that closed is closed with it. */
export function terminalsIn(touchpoints: Pick<Touchpoints, 'find' | 'path'>): Terminals {
  const openTerminal = (id: string): Touchpoint | undefined => {
    const found = touchpoints.find(id)
    if (found?.kind !== 'terminal') return undefined
    return touchpoints.path(id).every(({ state }) => state === 'open') ? found : undefined
  }
  const nearest = (id: string, field: 'city' | 'country') =>
    touchpoints.path(id).findLast((one) => one[field] !== undefined)?.[field]
  return {
    find: (id) => {
      const terminal = openTerminal(id)
      if (terminal === undefined) return undefined
      const store = touchpoints.path(id).findLast(({ kind }) => kind === 'store')
      return {
        id,
        label: terminal.name,
        store: store?.name ?? terminal.name,
        city: nearest(id, 'city'),
        country: nearest(id, 'country'),
      }
    },
    mayCallFrom: (id, address) => {
      const terminal = openTerminal(id)
      if (terminal === undefined) return false
      return terminal.networks.length === 0 || isWithin(terminal.networks, address)
    },
  }
}

/** From where a request came, whole. */
export const addressIn = (
  { trustedProxies }: Pick<Config, 'trustedProxies'>,
  { socket, headers }: IncomingMessage,
): string | undefined =>
  callerAddress(socket.remoteAddress, String(headers['x-forwarded-for'] ?? ''), trustedProxies)

/** Visits at kiosks begin and end with their proofs. */
export const visitWorkOn = (lane: Platform['lanes']['login']) => unitOfWork(lane, pgVisitStores, keepProofs)

/** What the protocol engine needs for the device grant. */
export const deviceParts = (parts: {
  readonly config: Pick<Config, 'trustedProxies'>
  readonly platform: Pick<Platform, 'lanes' | 'limiter'>
  readonly touchpoints: Pick<Touchpoints, 'find' | 'path'>
}): DeviceDeps => ({
  terminals: terminalsIn(parts.touchpoints),
  limiter: parts.platform.limiter,
  callerOf: (request) => {
    const address = addressIn(parts.config, request)
    return { address: address ?? '', key: networkKey(address ?? ''), network: cutAddress(address) }
  },
  work: unitOfWork(parts.platform.lanes.login, pgDeviceStores, keepProofs),
})

/** The page on the customer's phone; absent where the house has no device grant. */
export const phoneChannels = (
  deps: Omit<PhoneDeps, 'flows'> & { readonly oidc: Pick<Oidc, 'deviceFlows'> },
): readonly Channel[] =>
  deps.oidc.deviceFlows === undefined
    ? []
    : [{ id: 'kiosk', name: 'device', routes: phoneRoutes({ ...deps, flows: deps.oidc.deviceFlows }) }]
