import type { LogLevel } from '../log/log.ts'

/** What is being started: the public process, the worker, a migration, or the demo with its embedded database. */
export type Role = 'web' | 'worker' | 'migrate' | 'demo'

export interface Config {
  /** Said so, or reachable from outside this machine. */
  readonly production: boolean
  /** The issuer, which is also the one origin of our pages, links and cookies. */
  readonly issuer: URL
  readonly database: {
    /** Undefined only for the demo, which brings its own. */
    readonly url: string | undefined
    /** The role that owns the tables; only migrations use it. */
    readonly ownerUrl: string | undefined
  }
  /** Newest first; 32 bytes each. */
  readonly keks: readonly Uint8Array[]
  readonly secrets: readonly Uint8Array[]
  readonly listen: {
    readonly host: string
    readonly port: number
    /** Health and metrics; on loopback unless the operator says otherwise. */
    readonly management: { readonly host: string; readonly port: number }
  }
  /** Networks whose `X-Forwarded-*` is believed (R114). */
  readonly trustedProxies: readonly string[]
  readonly mail: {
    readonly smtpUrl: string | undefined
    readonly from: { readonly address: string; readonly name: string }
  }
  readonly log: { readonly level: LogLevel }
  readonly egress: { readonly allow: readonly string[] }
  /** `country`: ISO 3166 code of the controller; new accounts belong to it until their holder says otherwise. */
  readonly brand: { readonly name: string; readonly controller: string; readonly country: string }
}

/** Carries every fault found, so that one start tells all there is to set. */
export class ConfigRefused extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`the configuration is refused:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigRefused'
    this.faults = faults
  }
}
