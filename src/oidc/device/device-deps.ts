import type { IncomingMessage } from 'node:http'
import type { Work } from '../../kernel/work.ts'
import type { Limiter } from '../../platform/limits/index.ts'
import type { DeviceStores } from './device-store.ts'
import type { Terminals } from './terminals.ts'

/** Who called, as the web sees it. */
export interface DeviceCaller {
  readonly address: string
  /** A key for limits. */
  readonly key: string
  /** Cut to /24 or /48. */
  readonly network: string
}

/**
 * Port: the country a request comes from, as coarsely as tables of address ranges know it (R48): two letters of ISO 3166, or
 * what stands for a network that hides where it is. Undefined where nobody knows. Nothing of it is kept.
 */
export type CountryOf = (request: IncomingMessage) => string | undefined

/** What the device grant needs beside the engine's own. Without it the engine does not offer the grant at all. */
export interface DeviceDeps {
  readonly terminals: Terminals
  readonly limiter: Limiter
  readonly callerOf: (request: IncomingMessage) => DeviceCaller
  readonly work: Work<DeviceStores>
}
