import type { IncomingMessage } from 'node:http'
import type { Channel } from '../channels/channel.ts'
import { type PhoneDeps, phoneRoutes } from '../channels/kiosk/phone.ts'
import { isWithin, type Touchpoint, type Touchpoints } from '../features/touchpoints/index.ts'
import {
  type CountryOf,
  type DeviceDeps,
  type Oidc,
  pgDeviceStores,
  pgVisitStores,
  type Terminals,
} from '../oidc/index.ts'
import type { Config } from '../platform/config/index.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { networkKey } from '../platform/limits/index.ts'
import { callerAddress, cutAddress, isTrustedProxy } from '../platform/web/network.ts'
import { countAlarms } from './alarms.ts'
import { afterCommit } from './count-proofs.ts'
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

/** "XX" and "ZZ" are how tables of addresses say that they do not know. */
const nowhere = new Set(['XX', 'ZZ'])

/**
 * The country that a listed proxy says a request comes from. From anybody else the header is whatever the caller liked to
 * send, and is not read. What is no country but looks like one, such as "T1" for an anonymous network, is none of the house's.
 */
export function countryIn(config: Pick<Config, 'trustedProxies' | 'countryHeader'>): CountryOf | undefined {
  const { countryHeader, trustedProxies } = config
  if (countryHeader === undefined) return undefined
  return ({ socket, headers }) => {
    if (!isTrustedProxy(socket.remoteAddress, trustedProxies)) return undefined
    const said = String(headers[countryHeader] ?? '')
      .trim()
      .toUpperCase()
    return /^[A-Z][A-Z0-9]$/.test(said) && !nowhere.has(said) ? said : undefined
  }
}

/** Visits at kiosks begin and end with their proofs. */
export const visitWorkOn = (lane: Platform['lanes']['login']) => unitOfWork(lane, pgVisitStores, keepProofs)

/** What the protocol engine needs for the device grant. */
export const deviceParts = (parts: {
  readonly config: Pick<Config, 'trustedProxies'>
  readonly platform: Pick<Platform, 'lanes' | 'limiter' | 'metrics'>
  readonly touchpoints: Pick<Touchpoints, 'find' | 'path'>
}): DeviceDeps => ({
  terminals: terminalsIn(parts.touchpoints),
  limiter: parts.platform.limiter,
  callerOf: (request) => {
    const address = addressIn(parts.config, request)
    return { address: address ?? '', key: networkKey(address ?? ''), network: cutAddress(address) }
  },
  work: afterCommit(
    unitOfWork(parts.platform.lanes.login, pgDeviceStores, keepProofs),
    countAlarms(parts.platform.metrics),
  ),
})

/** The page on the customer's phone; absent where the house has no device grant. */
export const phoneChannels = (
  deps: Omit<PhoneDeps, 'flows'> & { readonly oidc: Pick<Oidc, 'deviceFlows'> },
): readonly Channel[] =>
  deps.oidc.deviceFlows === undefined
    ? []
    : [{ id: 'kiosk', name: 'device', routes: phoneRoutes({ ...deps, flows: deps.oidc.deviceFlows }) }]
