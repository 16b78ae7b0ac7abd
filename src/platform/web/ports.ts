import type { Actor } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Problem } from './problem.ts'
import type { Caller, Exchange } from './route.ts'

/** Who was found behind a request, and since when they have been proven. */
export interface Authenticated {
  readonly actor: Actor
  readonly authenticatedAt: Date
  /** Where they are, when it is the way in that knows: the place of a client, the place where all of somebody's roles hold. */
  readonly touchpoint?: string
  /** Of a member of staff: how long nobody was at their session, at the most. */
  readonly longestPauseSeconds?: number
}

/** What compose gives the web: how each kind of caller is recognised, and what they may do. */
export interface Gatekeepers {
  subject(exchange: Exchange): Promise<Authenticated | undefined>
  /** Left out where the house has no kiosks; then nobody is one. */
  kioskVisitor?(exchange: Exchange): Promise<Authenticated | undefined>
  /** `attended`: somebody did something, so that the session stays awake. */
  staff(exchange: Exchange, at: { readonly attended: boolean }): Promise<Authenticated | undefined>
  client(exchange: Exchange): Promise<Authenticated | undefined>
  staffMay(actor: Actor, power: string): boolean
  clientMay(actor: Actor, scope: string): boolean
  /** Where a person is sent to sign in, or to prove more, before coming back to `returnTo`; `code` says what was missing. */
  signInLocation(caller: Caller, returnTo: string, code: string): string | undefined
}

export interface ErrorPageRequest {
  readonly reference: string
  readonly path: string
  readonly csrf: string
  readonly acceptLanguage: string | undefined
  readonly languageCookie: string | undefined
}

/** What the web tells the operator; values are ids, route patterns and codes, never what a person sent. */
export interface WebLogFields {
  readonly requestId?: string
  readonly reference?: string
  readonly route?: string
  readonly status?: number
  readonly code?: string
}

export interface WebLog {
  info(event: string, fields?: WebLogFields): void
  warn(event: string, fields?: WebLogFields, error?: unknown): void
  error(event: string, fields?: WebLogFields, error?: unknown): void
}

/** One answered request, for metrics and the access log. `route` is the declared name, never the path (paths hold ids). */
export interface Answered {
  readonly route: string
  readonly method: string
  readonly status: number
  readonly seconds: number
}

export type ErrorPage = (problem: Problem, request: ErrorPageRequest) => string

/** Channel and surface that a route's folder stands for; the rest of the evidence is read from the request. */
export type Surface = Pick<Evidence, 'channel' | 'surface'>
