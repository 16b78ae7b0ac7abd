import type { IncomingMessage } from 'node:http'
import { keepProofs } from '../../../src/compose/pg-work.ts'
import { PlacetError } from '../../../src/kernel/errors.ts'
import { type DeviceDeps, type Oidc, type PhoneVisitor, pgDeviceStores } from '../../../src/oidc/index.ts'
import { systemClock } from '../../../src/platform/clock.ts'
import type { DatabaseConnection } from '../../../src/platform/db/connection.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { openPool } from '../../../src/platform/db/pool.ts'
import { unitOfWork } from '../../../src/platform/db/unit-of-work.ts'
import { createPgLimiter } from '../../../src/platform/limits/index.ts'
import { cutAddress } from '../../../src/platform/web/network.ts'

/** Addresses of the store's own line begin like this; a test says where it calls from in a header of its own. */
export const storeNetwork = '198.51.100.'
const callerHeader = 'x-test-caller'

const places = {
  'gran-via-kiosk-3': { label: 'Quiosco 3', store: 'Tienda Gran Vía', city: 'Madrid', country: 'ES' },
  'gran-via-kiosk-4': { label: 'Quiosco 4', store: 'Tienda Gran Vía', city: 'Madrid', country: 'ES' },
} as const

/** What a house needs to serve terminals, on a real limiter and with real proofs. */
export function openDevices(connection: DatabaseConnection) {
  const lane = openLane(connection, 'device', 4)
  const pool = openPool(connection, 'device-limits', 2, () => {})
  /** What the phone's half sent to the database, in order. */
  const statements: string[] = []
  lane.on('query', ({ sql }: { readonly sql: string }) => void statements.push(sql))
  const deps: DeviceDeps = {
    terminals: {
      find: (id) => (id in places ? { id, ...places[id as keyof typeof places] } : undefined),
      mayCallFrom: (id, address) => id in places && address.startsWith(storeNetwork),
    },
    limiter: createPgLimiter({ db: pool, key: Buffer.alloc(32, 3), clock: systemClock }),
    callerOf: (request: IncomingMessage) => {
      const address = String(request.headers[callerHeader] ?? `${storeNetwork}7`)
      return { address, key: address, network: cutAddress(address) }
    },
    work: unitOfWork(lane, pgDeviceStores, keepProofs),
  }
  return {
    deps,
    statements,
    /** The phone's pages, for programs: `/phone/open`, with what the page would know of its visitor in the body. */
    answer: async (oidc: Oidc, path: string, body: string): Promise<unknown> => {
      const { userCode, number, who } = JSON.parse(body) as PhoneCall
      const visitor = { ...who, authenticatedAt: new Date(who.authenticatedAt) }
      const flows = oidc.deviceFlows
      if (flows === undefined) throw new Error('this house has no device grant')
      try {
        if (path === '/phone/open') return { answer: await flows.open(userCode, visitor) }
        if (path === '/phone/approve') return { answer: await flows.approve(userCode, number ?? 0, visitor) }
        if (path === '/phone/decline') return { answer: await flows.decline(userCode, visitor) }
        return { answer: await flows.report(userCode, visitor) }
      } catch (error) {
        if (error instanceof PlacetError) return { answer: error.code }
        throw error
      }
    },
    close: async () => {
      await lane.destroy()
      await pool.end()
    },
  }
}

export interface PhoneCall {
  readonly userCode: string
  readonly number?: number
  readonly who: PhoneVisitor
}
