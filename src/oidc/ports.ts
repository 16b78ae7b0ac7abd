import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { SubjectId } from '../kernel/ids.ts'
import type { SigningAlgorithm } from '../platform/crypto/index.ts'

/** One request and its response, as Node gives them. */
export interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

/**
 * Port: what a room that is asked later in the same request wants read already now, in the statement that brings the
 * engine's own rows: one round trip instead of two, and all of one moment. The engine carries the row to that room
 * together with the question, and looks into nothing of it.
 */
export interface ReadAlong {
  /** A select of at most one row, about the person and the client that these expressions name. */
  select(subject: string, client: string): string
  /** How many columns it has. */
  readonly width: number
}

export type CarriedRow = readonly unknown[]

/** By which door claims would leave. */
export type Exit = 'userinfo' | 'introspection'

export interface ReleaseRequest {
  readonly subjectId: SubjectId
  readonly clientId: string
  readonly exit: Exit
  readonly scopes: readonly string[]
  /** Claims asked for by name with the `claims` parameter. */
  readonly requestedClaims: readonly string[]
  /** What `along.release` selected about this person and client in this request. */
  readonly carried?: CarriedRow | undefined
}

/**
 * Port: what may leave about this person to this client now. Promises: it asks the one decision at the moment of the
 * call, answers only what is permitted (no answer means no), and the disclosure is durable before it resolves.
 */
export type ReleaseClaims = (request: ReleaseRequest) => Promise<Readonly<Record<string, unknown>>>

/**
 * Port: whether there is a purpose of this client's that the person was never asked about and may be asked about now.
 * `carried`: what `along.undecided` selected about them in this request.
 */
export type UndecidedPurposes = (
  subjectId: SubjectId,
  clientId: string,
  carried: CarriedRow | undefined,
) => Promise<boolean>

/** A service that accepts our access tokens. */
export interface ResourceServer {
  readonly indicator: string
  /** Scopes this client may have there. */
  readonly scopes: readonly string[]
  /**
   * True when what it gives out depends on consent: its tokens are opaque, so that a withdrawal bites at the next
   * introspection, whatever `tokens` says.
   */
  readonly consentGated: boolean
  /** How its tokens are made; left out, a JWT (RFC 9068) of five minutes, signed with ES256, unless it is gated. */
  readonly tokens?: {
    readonly format: 'opaque' | 'jwt'
    /** Undefined where nothing is signed. */
    readonly algorithm: SigningAlgorithm | undefined
    readonly lifetimeSeconds: number
  }
  /** Clients that may introspect tokens meant for it. */
  readonly introspectors: readonly string[]
}

/** Port: the resource server as this client may use it; undefined when unknown, retired or not for this client. */
export type FindResource = (indicator: string, clientId: string) => ResourceServer | undefined

/** What a page needs to choose its language. */
export interface LanguageHints {
  readonly acceptLanguage: string | undefined
  readonly cookie: string | undefined
  readonly uiLocales: string | undefined
}

/** Port: the engine's own few pages, as whole HTML documents. */
export interface OidcViews {
  error(page: {
    readonly error: string
    readonly description: string | undefined
    readonly language: LanguageHints
  }): string | Promise<string>
  /**
   * Two choices, or one where no client asks: a form that posts `xsrf` and `logout=yes` ends the session in all that
   * the person got into with it; one that posts `xsrf` alone only in the client that asks.
   */
  logout(page: {
    readonly action: string
    readonly xsrf: string
    /** The client that asks. */
    readonly clientName: string | undefined
    /** Names of all clients of the session, the one that asks first. */
    readonly apps: readonly string[]
    readonly language: LanguageHints
  }): string | Promise<string>
  loggedOut(page: {
    /** The one client that was left, when the session goes on in the others. */
    readonly onlyFrom: string | undefined
    /** Where the session itself can be ended. */
    readonly signOutAction: string
    readonly language: LanguageHints
  }): string | Promise<string>
  /** A form that takes `fields`, and nothing else, to the client: by itself where script runs, by a button elsewhere. */
  formPost(page: {
    readonly action: string
    readonly fields: Readonly<Record<string, string>>
    readonly clientName: string
    readonly language: LanguageHints
  }): string | Promise<string>
}

export type GrantLabel = 'authorization_code' | 'refresh_token' | 'client_credentials' | 'other'

/** Port: counters. Labels come from closed sets. */
export interface OidcMetrics {
  readonly tokens: {
    inc(labels: { grant: GrantLabel; outcome: 'issued' | 'refused' | 'reused' | 'failed' }): void
  }
}

/**
 * Port: keeps audit entries, each in its subject's chain; see kernel/audit-trail.ts. Called with batches. Entries of
 * different chains are kept together or not at all.
 */
export type RecordAudit = (entries: readonly AuditEntry[]) => Promise<void>

export interface OidcLog {
  info(event: string): void
  warn(event: string, fields?: { readonly count?: number }, error?: unknown): void
  error(event: string, fields?: { readonly count?: number }, error?: unknown): void
}

/** Port: how the outside is reached; given as the egress client's `fetch` (R115). */
export type Fetch = (url: string, init?: RequestInit) => Promise<Response>
