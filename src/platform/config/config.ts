import type { LogLevel } from '../log/log.ts'

/**
 * What is being started: the public process, the worker, a migration, the demo with its embedded database, or a
 * verification by somebody who was given read access and perhaps no key at all.
 */
export type Role = 'web' | 'worker' | 'migrate' | 'demo' | 'verify'

/** What every subscription to an exclusion list may say: its first day, and our lines of business as the list names them. */
interface Subscription {
  readonly from?: Date
  readonly sectors?: readonly string[]
}

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
  /** The header in which those say the country of a caller, in lower case; undefined where they do not. */
  readonly countryHeader: string | undefined
  readonly mail: {
    readonly smtpUrl: string | undefined
    readonly from: { readonly address: string; readonly name: string }
  }
  readonly log: { readonly level: LogLevel }
  /** Text messages; without a gateway, a yes that has to be confirmed by text stays unconfirmed. */
  readonly sms:
    | {
        readonly url: URL
        readonly token: string
        readonly sender: string
        /** ISO 3166 codes of the countries whose numbers may be written to (R69). */
        readonly countries: readonly string[]
      }
    | undefined
  /** Public exclusion lists (LOPDGDD art. 23). */
  readonly exclusionLists: {
    readonly robinson:
      | ({ readonly url: URL; readonly apiKey: string; readonly company: string } & Subscription)
      | undefined
    readonly stopPublicidad:
      | ({ readonly url: URL; readonly clientId: string; readonly salt: string } & Subscription)
      | undefined
  }
  readonly egress: { readonly allow: readonly string[] }
  /** The consent log's checkpoints: where they are copied to, how often they are signed, and who witnesses the time. */
  readonly checkpoints: {
    readonly folder: string | undefined
    readonly everyMinutes: number
    readonly timestampUrl: URL | undefined
    /** Who may vouch for the time, in PEM, and under which policy alone (RFC 3161). */
    readonly timestampCertificates: readonly string[]
    readonly timestampPolicy: string | undefined
  }
  /** `credentials`: people may also have their receipts as SD-JWT VC, a format that is not an RFC yet. */
  readonly receipts: { readonly credentials: boolean }
  /**
   * `country`: ISO 3166 code of the controller; new accounts belong to it until their holder says otherwise. `timeZone`: that
   * of its seat, in which days and hours are told.
   */
  readonly brand: {
    readonly name: string
    readonly controller: string
    readonly country: string
    readonly timeZone: string
  }
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
