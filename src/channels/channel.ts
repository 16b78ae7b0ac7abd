import type { Assurance } from '../kernel/actor.ts'
import type { Channel as ChannelId, Evidence } from '../kernel/evidence.ts'
import type { Caller, Route } from '../platform/web/route.ts'

/** What lasts from one request of a person to the next, and for how long. */
export interface SessionPolicy {
  /**
   * `browser`: a person's own, in a cookie. `visit`: of a device that others use next, gone with whoever leaves. `staff`: of
   * somebody who works here. `token`: nothing lasts but what the client was given. `none`: each request stands alone.
   */
  readonly kind: 'browser' | 'visit' | 'staff' | 'token' | 'none'
  /** Upper bounds, in seconds; undefined where nothing lasts. */
  readonly idleSeconds: number | undefined
  readonly longestSeconds: number | undefined
}

/** Who may act by this way in, and what makes us sure of it. */
export interface ActorRule {
  readonly who: Caller['who']
  readonly by:
    | 'nothing'
    | 'session-cookie'
    | 'staff-passkey'
    | 'access-token'
    | 'sealed-address'
    | 'device-flow'
    | 'subject-token'
    | 'own-confirmation'
  /** How sure we are at least of whose yes it is. */
  readonly assurance: Assurance
}

/** One thing that proves an act: any one of these sets of fields will do. */
export type NeededFields = readonly (readonly string[])[]

/** What an act by this way in brings along to prove it (what to keep by surface: docs/adr/0026). */
export interface ChannelEvidence {
  /** Filled in by the guard or the channel itself for every act; no caller tells it. */
  readonly established: readonly (keyof Evidence)[]
  /** Without each of these a yes is refused as `evidence-incomplete`. */
  readonly needed: readonly (keyof Evidence)[]
  /** The same for what goes beside the evidence, such as `call` or `script`. */
  readonly particulars: readonly string[]
  /** Where a system of somebody else's tells of it by the API: fields of `evidence` there, without which no yes is taken. */
  readonly told?: readonly NeededFields[]
}

/** What a way in promises, as data: the start holds its routes to it, and the ledger its acts. */
export interface ChannelContract {
  readonly id: ChannelId
  /** Each of its routes lies under one of these. */
  readonly paths: readonly string[]
  readonly session: SessionPolicy
  readonly actors: readonly [ActorRule, ...ActorRule[]]
  readonly evidence: ChannelEvidence
}

/**
 * The contract of a way in. A channel is a complete surface: its folder holds its routes and the handlers they name.
 * Channels differ in how we know who acts and in what is kept as evidence; never in what is allowed. `id` is the value
 * written into evidence; `name` is the surface within it, such as `privacy-centre`. A new channel is a folder and a
 * line in `compose.ts`.
 */
export interface Channel {
  readonly id: ChannelId
  readonly name: string
  readonly routes: readonly Route[]
  /** Left out where it is the one that all surfaces of this id share. */
  readonly contract?: ChannelContract
}

const under = (path: string, prefix: string): boolean =>
  prefix === '/' || path === prefix || path.startsWith(`${prefix}/`) || path.startsWith(`${prefix}:`)

/** Throws for a channel that does not keep its contract: a route elsewhere, or open to callers it does not speak of. */
export function checkContract({ name, id, routes }: Channel, contract: ChannelContract): void {
  if (contract.id !== id)
    throw new Error(`The channel ${name} is ${id}, and the contract that of ${contract.id}.`)
  for (const route of routes) {
    if (!contract.paths.some((prefix) => under(route.path, prefix))) {
      throw new Error(`${route.name} answers ${route.path}, which the contract of ${name} does not speak of.`)
    }
    if (route.caller.who !== 'anyone' && !contract.actors.some(({ who }) => who === route.caller.who)) {
      throw new Error(`${route.name} is for ${route.caller.who}, whom the contract of ${name} does not know.`)
    }
  }
}
