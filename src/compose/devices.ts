import type { Channel } from '../channels/channel.ts'
import { type PhoneDeps, phoneRoutes } from '../channels/kiosk/phone.ts'
import { isWithin, type Touchpoint, type Touchpoints } from '../features/touchpoints/index.ts'
import { type DeviceDeps, type Oidc, pgDeviceStores, type Terminals } from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { networkKey } from '../platform/limits/index.ts'
import { callerAddress, cutAddress } from '../platform/web/network.ts'
import { keepProofs } from './pg-work.ts'
import type { Platform } from './platform.ts'

/** Terminals as the device grant asks about them. A terminal in a store that closed is closed with it. */
function terminalsIn(touchpoints: Pick<Touchpoints, 'find' | 'path'>): Terminals {
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

/** What the protocol engine needs for the device grant. */
export const deviceParts = (parts: {
  readonly config: Pick<Config, 'trustedProxies'>
  readonly platform: Pick<Platform, 'lanes' | 'limiter'>
  readonly touchpoints: Pick<Touchpoints, 'find' | 'path'>
}): DeviceDeps => ({
  terminals: terminalsIn(parts.touchpoints),
  limiter: parts.platform.limiter,
  callerOf: ({ socket, headers }) => {
    const forwarded = headers['x-forwarded-for'] ?? ''
    const address = callerAddress(socket.remoteAddress, String(forwarded), parts.config.trustedProxies)
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
