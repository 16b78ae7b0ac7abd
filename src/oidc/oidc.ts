import type { Middleware } from 'koa'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import type { Entropy } from '../kernel/ids.ts'
import type { PersonalDataHolder } from '../kernel/personal-data.ts'
import type { Work } from '../kernel/work.ts'
import type { DerivedKeys, Kek, RotationPolicy } from '../platform/crypto/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import type { PipelinedReader } from '../platform/db/pipelined-reader.ts'
import type { Authorizations } from './authorizations.ts'
import type { Bearer } from './bearer.ts'
import type { CandidateClient } from './check-client.ts'
import type { CallApprovals } from './ciba/call-approval.ts'
import type { CallerChecks } from './ciba/caller-checks.ts'
import type { CibaDeps } from './ciba/ciba-deps.ts'
import type { FindCurrentSession } from './current-session.ts'
import type { DeviceDeps } from './device/device-deps.ts'
import type { DeviceFlows } from './device/device-flow.ts'
import type { EndingStores } from './ending-stores.ts'
import type { Interactions } from './interactions.ts'
import type { SigningKeyEntry } from './keys.ts'
import type { SubjectName } from './pairwise.ts'
import type {
  Exchange,
  Fetch,
  FindResource,
  OidcLog,
  OidcMetrics,
  OidcViews,
  ReadAlong,
  RecordAudit,
  ReleaseClaims,
  UndecidedPurposes,
} from './ports.ts'
import type { Sessions } from './sessions.ts'
import type { StatementSigner } from './statement-signer.ts'
import type { FindTouchpoint } from './touchpoint-of-client.ts'
import type { Visits } from './visits/visit.ts'
import type { VisitStores } from './visits/visit-store.ts'

export type AroundEngine = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>

/** What the protocol room is given. */
export interface OidcDeps {
  /** An origin: `https://id.tienda.example`, or `http://localhost:…` for evaluation. */
  readonly issuer: URL
  readonly connection: DatabaseConnection
  readonly reader: PipelinedReader
  readonly derivedKeys: DerivedKeys
  readonly kek: Kek
  readonly rotation: RotationPolicy
  readonly clock: Clock
  readonly entropy: Entropy
  readonly fetch: Fetch
  readonly release: ReleaseClaims
  readonly undecided: UndecidedPurposes
  /** What `release` and `undecided` want read along with the engine's own rows; left out, they read for themselves. */
  readonly along?: { readonly release: ReadAlong; readonly undecided: ReadAlong }
  /** The services the house itself brings along; those that were registered come after them. */
  readonly findResource: FindResource
  /** Indicator of the house's own API, which clients acting for themselves get when they name no other. */
  readonly defaultResource: string | undefined
  /** Where clients stand, as tokens tell it. */
  readonly touchpoint?: FindTouchpoint
  /** Scope to claim names, from the attribute catalogue; read again at every rebuild. */
  readonly claimsByScope: () => Readonly<Record<string, readonly string[]>>
  readonly views: OidcViews
  /** For what ends at somebody's wish: the engine's own writes go their own way, and their proofs with `audit`. */
  readonly work: Work<EndingStores>
  readonly audit: RecordAudit
  readonly metrics: OidcMetrics
  readonly log: OidcLog
  /** Counts statements by name; the tests hold the budgets of performance.md with it. */
  readonly onRoundTrip?: (name: string) => void
  /** Told of every pairwise name as it is given out; must return at once. */
  readonly onPairwise?: (sector: string, sub: string, accountId: string) => void
  /** Goes round every request inside the engine: the status it sees is the one that leaves, and it may change it. */
  readonly around?: AroundEngine
  /** The device grant for terminals in stores; left out, nobody has it. */
  readonly device?: DeviceDeps
  /** Requests by telephone (CIBA); left out, nobody may make them. */
  readonly ciba?: CibaDeps
  /** What a terminal's tokens become; left out, they stay tokens. */
  readonly visitWork?: Work<VisitStores>
  /** Told at which screens a visit ended, whoever ended it there. What it throws ends nothing. */
  readonly onVisitsEnded?: (touchpointIds: readonly string[]) => Promise<void>
  /** How often keys, clients and services are looked at even when nobody said they changed. */
  readonly pollMs?: number
}

/** What it does for the house. */
export interface Oidc {
  /** Answers the engine's paths, and passes on every other. */
  readonly middleware: Middleware
  readonly interactions: Interactions
  readonly sessions: Sessions
  readonly authorizations: Authorizations
  /** The phone's half of a sign-in at a kiosk; absent where the house has no device grant. */
  readonly deviceFlows: DeviceFlows | undefined
  /** The customer's half of a request by telephone; absent where the house takes none. */
  readonly callApprovals: CallApprovals | undefined
  /** How the house's own agents ask a customer on their own device; absent where it has no desk. */
  readonly callerChecks: CallerChecks | undefined
  /** Whoever signed in at a kiosk, as long as they stand there; absent where the house has no device grant. */
  readonly visits: Visits | undefined
  readonly personalData: PersonalDataHolder
  readonly currentSession: FindCurrentSession
  /** The client, and perhaps the person, behind an access token shown to our own API. */
  bearer(exchange: Exchange): Promise<Bearer | undefined>
  /** The same for the bare value of a token that did not come in the request's own header. */
  bearerOf(token: string): Promise<Bearer | undefined>
  /** The name under which a client knows a person. */
  subjectName(
    client: { readonly clientId: string; readonly metadata: Readonly<Record<string, unknown>> },
    subjectId: string,
  ): SubjectName
  readonly keys: {
    /** Takes the rotation steps due now (also at start, when there are no keys); answers how many. See `planRotation`. */
    rotate(options?: { readonly now?: Date; readonly begin?: boolean }): Promise<number>
    /** See `replaceLeakedKey`. */
    replaceLeaked(kid: string): Promise<string | undefined>
    list(): Promise<readonly SigningKeyEntry[]>
    reload(): Promise<void>
  }
  /** For what the house itself states and signs, such as receipts. */
  readonly statements: StatementSigner
  /** Throws `client-metadata` for a client the engine would refuse; answers the names that are recorded only. */
  checkClient(candidate: CandidateClient): Promise<readonly string[]>
  reloadClients(): Promise<void>
  reloadResources(): Promise<void>
  /** What people read of a registered service. */
  resourceName(identifier: string): string | undefined
  /** Builds the engine anew: scopes or claims changed. */
  rebuild(): Promise<void>
  deliverLogoutNotices(limit: number): Promise<number>
  /** Tells clients that wait for a customer's answer that there is one; see `deliverCallPings`. */
  deliverCallPings(limit: number): Promise<number>
  deleteExpired(limit: number): Promise<number>
  close(): Promise<void>
}
