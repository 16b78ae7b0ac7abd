import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import type { Actor, Assurance } from '../../kernel/actor.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Answer } from './answer.ts'

/** Who may call a route. Nothing is open by omission: a route without callers does not compile. */
export type Caller =
  | { readonly who: 'anyone' }
  /** A customer with a session; `assurance` and `maxAgeSeconds` ask for a step-up when they are not met. */
  | { readonly who: 'subject'; readonly assurance?: Assurance; readonly maxAgeSeconds?: number }
  /** A customer at a kiosk, as long as they stand there (docs/adr/0029). No proof is ever asked on top: a kiosk has none to give. */
  | { readonly who: 'kiosk-visitor' }
  /** A member of staff whose roles hold the power, within their scope. */
  | {
      readonly who: 'staff'
      readonly power: string
      /** After so long a pause of the session, the passkey is asked for again. Left out: the session's own limit alone. */
      readonly idleSeconds?: number
      /** Asked by the page itself, not by a person's hand: it does not end a pause. */
      readonly unattended?: true
    }
  /** A client with an access token that holds the scope. */
  | { readonly who: 'client'; readonly scope: string }

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** The raw pair, for the protocol engine alone. */
export interface Exchange {
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

export interface GuardedRequest<Params = unknown, Query = unknown, Body = unknown> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly actor: Actor
  readonly evidence: Evidence
  readonly requestId: string
  readonly path: string
  /** Path and query, for forms that come back to where they are. */
  readonly url: string
  readonly csrf: string
  /** Address cut to /24 or /48, for limits and evidence. */
  readonly network: string
  /** Exactly who called, an IPv4 address or an IPv6 /64: a key for limits, and for nothing that is kept. */
  readonly callerKey: string
  cookie(name: string): string | undefined
  header(name: string): string | undefined
  readonly exchange: Exchange
}

/** A form whose sender has to confirm first that it is still them. Nothing in it was looked at yet. */
export interface PausedForm {
  readonly path: string
  readonly fields: unknown
  cookie(name: string): string | undefined
}

/** What an answer of one status holds, for the reference and for the tests that hold it to its word. */
export interface ResponseDeclaration {
  readonly description: string
  readonly schema?: z.ZodType
}

/** One request with its answer, shown in the reference and sent by a test. */
export interface ExampleExchange {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly status: number
  readonly answer: unknown
}

export interface RouteDeclaration<Params, Query, Body> {
  /** The page's one name, as in `sign-in.identify`; also its label in metrics and its row in the authorization matrix. */
  readonly name: string
  readonly method: Method
  readonly path: string
  readonly caller: Caller
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  /** A form arrives flat: each name as it was sent, dots included, with a string or a list where it came repeatedly. */
  readonly body?: {
    readonly type: 'form' | 'json'
    readonly schema: z.ZodType<Body>
    /** For the few that take lists: more than a form of ours ever needs. */
    readonly maxBytes?: number
  }
  /** What programs are told of it: one line, a paragraph, and what each declared status brings. */
  readonly summary?: string
  readonly description?: string
  readonly responses?: Readonly<Record<number, ResponseDeclaration>>
  readonly example?: ExampleExchange
  /** The statuses this route may answer, errors of the guard aside. Any other is a fault of ours and fails in tests. */
  readonly answers: readonly number[]
  /**
   * `redirects-to-clients`: the policy leaves out form-action, which Chromium applies to the whole redirect chain.
   * `keeps-offline-page`: the page may register the one worker that stands in for a house that cannot be reached.
   * `rings-this-browser`: the page may register the one worker that shows what the house sends.
   */
  readonly policy?: 'redirects-to-clients' | 'keeps-offline-page' | 'rings-this-browser'
  /**
   * `address`: whoever holds the sealed address may act, and no cookie is read. There is nothing another site could ride on,
   * so the cross-site check is left out: mail providers post here without cookie or token (RFC 8058 3.1). A terminal that
   * brings its key is the one case where the body holds what the address does elsewhere (docs/adr/0022).
   */
  readonly authority?: 'address'
  /**
   * State-changing APIs for programs take an Idempotency-Key (R92); their answers are JSON or nothing. `kept-by-handler`: the
   * handler knows a repetition by itself and answers it anew, because what it says of a person must hold now and may not be kept.
   */
  readonly idempotency?: 'required' | 'kept-by-handler'
  /**
   * What is answered to a form that came after a pause too long: where to confirm, with what was typed kept for afterwards. A
   * route without a body gives what stood in its address.
   */
  readonly afterPause?: (form: PausedForm) => Promise<Answer>
  handle(request: GuardedRequest<Params, Query, Body>): Promise<Answer>
}

/** A declared route whose shapes are settled inside; lists of routes hold these. */
export interface Route
  extends Omit<RouteDeclaration<unknown, unknown, unknown>, 'handle' | 'params' | 'query' | 'body'> {
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: { readonly type: 'form' | 'json'; readonly schema: z.ZodType; readonly maxBytes?: number }
  /** Parses what strangers sent, then handles it. Throws `invalid` with a field issue for each thing that is wrong. */
  run(raw: RawInput, rest: Omit<GuardedRequest, 'params' | 'query' | 'body'>): Promise<Answer>
}

export interface RawInput {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}
