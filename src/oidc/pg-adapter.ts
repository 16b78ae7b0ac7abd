import Provider, { type Adapter, type AdapterPayload, errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Pool } from 'pg'
import type { Clock } from '../kernel/clock.ts'
import { commitStatement } from '../platform/db/commit-statement.ts'
import type { Statement } from '../platform/db/pipelined-reader.ts'
import { bearerHash } from './bearer-hash.ts'
import { cibaGrant } from './ciba/ciba-clients.ts'
import { pollCallRequest } from './ciba/pg-call-poll.ts'
import { asPolledCall } from './ciba/polled-call.ts'
import type { ClientCache } from './client-cache.ts'
import { pollDeviceCode } from './device/pg-poll.ts'
import { asPolled, type PolledFlow } from './device/polled-flow.ts'
import { deviceGrant } from './device/terminals.ts'
import { toEngineError } from './engine-error.ts'
import { readTokenByUserCode } from './pg-reads.ts'
import type { WriteKind } from './pg-writes.ts'
import { type Hints, type Payload, RequestUnit, type UnitParts } from './request-unit.ts'
import {
  putGrant,
  putInteraction,
  putPushedRequest,
  putSession,
  putToken,
  type TouchRule,
  text,
} from './stored-rows.ts'

/**
 * The engine's storage contract on PostgreSQL. Inside a request all models share one `RequestUnit`; what the engine
 * does outside one (none of the flows here) is written at once. See request-unit.ts for reads, pg-writes.ts for writes.
 */
export interface OidcStorage {
  readonly factory: (model: string) => Adapter
  /** The unit of a request, made on first use. */
  unitOf(ctx: KoaContextWithOIDC): RequestUnit
  /** The unit of the request being served, or a new one. */
  current(): RequestUnit
}

export interface StorageParts extends UnitParts {
  readonly clients: ClientCache
  readonly pool: Pool
  readonly onRoundTrip: (name: string) => void
  readonly clock: Clock
  readonly touchRule: TouchRule
}

/** A proof or assertion is refused when older than its few minutes, so its id need not be remembered for longer. */
const replayMemorySeconds = 15 * 60

export function createStorage(given: StorageParts): OidcStorage {
  const poll = async (statement: Statement, codeHash: Uint8Array, clientId: string) => {
    given.onRoundTrip(statement.name)
    return (await commitStatement(given.pool, statement, [codeHash, clientId]))[0]
  }
  const parts = { ...given, poll }
  const units = new WeakMap<object, RequestUnit>()
  const unitOf = (ctx: KoaContextWithOIDC): RequestUnit => {
    const known = units.get(ctx)
    if (known !== undefined) return known
    const made = new RequestUnit(parts, () => hintsOf(ctx))
    units.set(ctx, made)
    return made
  }
  const alone = () => new RequestUnit(parts, () => noHints)
  const current = () => {
    const ctx = Provider.ctx
    return ctx === undefined ? alone() : unitOf(ctx)
  }
  return { unitOf, current, factory: (model) => adapterFor(model, parts, unitOf, alone) }
}

const noHints = { interactionId: undefined, clientId: undefined, pushedRequestId: undefined }
const pushedUrn = 'urn:ietf:params:oauth:request_uri:'

/** Grants whose client waits for somebody's yes. */
const polls: ReadonlyMap<unknown, Statement> = new Map([
  [deviceGrant, pollDeviceCode],
  [cibaGrant, pollCallRequest],
])

/** Requests that end in a question about the person: what may leave, or what was never decided. */
const askAboutPeople = new Set(['userinfo', 'introspection', 'resume'])

function hintsOf(ctx: KoaContextWithOIDC): Hints {
  const route = ctx.oidc.route
  const along = askAboutPeople.has(route) ? ({ along: true } as const) : {}
  if (route === 'resume') {
    const uid: unknown = ctx['params']?.uid
    return { ...noHints, ...along, interactionId: typeof uid === 'string' ? uid : undefined }
  }
  if (route === 'token') {
    const statement = polls.get(ctx.oidc.params?.['grant_type'])
    const clientId = ctx.oidc.client?.clientId
    return statement === undefined || clientId === undefined
      ? noHints
      : { ...noHints, polling: { clientId, statement } }
  }
  if (route !== 'authorization') return { ...noHints, ...along }
  const { client_id: clientId, request_uri: requestUri } = ctx.query
  return {
    interactionId: undefined,
    clientId: typeof clientId === 'string' ? clientId : undefined,
    pushedRequestId:
      typeof requestUri === 'string' && requestUri.startsWith(pushedUrn)
        ? requestUri.slice(pushedUrn.length)
        : undefined,
  }
}

const tokenKinds = new Set([
  'AccessToken',
  'RefreshToken',
  'AuthorizationCode',
  'ClientCredentials',
  'DeviceCode',
  'BackchannelAuthenticationRequest',
])

function adapterFor(
  model: string,
  parts: StorageParts,
  unitOf: (ctx: KoaContextWithOIDC) => RequestUnit,
  alone: () => RequestUnit,
): Adapter {
  /** Runs on the request's unit, or on one of its own that is written at once. */
  const within = async <Result>(act: (unit: RequestUnit) => Promise<Result> | Result): Promise<Result> => {
    const ctx = Provider.ctx
    try {
      if (ctx !== undefined) return await act(unitOf(ctx))
      const unit = alone()
      const result = await act(unit)
      if ((await unit.flush()) === 'lost') throw new errors.InvalidGrant('already consumed')
      return result
    } catch (error) {
      throw toEngineError(error)
    }
  }

  const find = async (id: string): Promise<Payload | undefined> => {
    if (model === 'Client') return parts.clients.metadata(id)
    if (model === 'ReplayDetection') return within(() => seenBefore(parts, id))
    return within(async (unit) => {
      if (model === 'Session') return unit.session(id)
      if (model === 'Interaction') return unit.interaction(id)
      if (model === 'Grant') return unit.grant(id)
      if (model === 'PushedAuthorizationRequest') return unit.pushedRequest(id)
      if (!tokenKinds.has(model)) return undefined
      const token = await unit.token(id)
      if (token?.kind !== model) return undefined
      const payload = asAsked(model, token.payload, unit.polled)
      return token.consumed ? { ...payload, consumed: true } : payload
    })
  }

  return {
    // A new object every time: the engine builds its models on what it is handed.
    find: async (id) => {
      const found = await find(id)
      return found === undefined ? undefined : (structuredClone(found) as AdapterPayload)
    },
    findByUid: (uid) =>
      within(async (unit) => {
        const found = await unit.sessionByUid(uid)
        return found === undefined ? undefined : (structuredClone(found) as AdapterPayload)
      }),
    findByUserCode: async (userCode) => {
      const row = await parts.reads.row(readTokenByUserCode, [bearerHash(userCode)])
      if (row === undefined || row[1] !== model || !(row[2] instanceof Uint8Array)) return undefined
      const payload = parts.rowSeal.open('oidc_tokens', String(row[0]), row[2])
      if (typeof payload !== 'object' || payload === null) return undefined
      return { ...payload, ...(row[3] === true ? { consumed: true } : {}) } as AdapterPayload
    },
    upsert: (id, payload, expiresIn) =>
      within((unit) => {
        const fields = payload as Payload
        if (model === 'Session') putSession(unit, parts, id, fields)
        else if (model === 'Interaction') putInteraction(unit, parts, id, fields)
        else if (model === 'Grant') putGrant(unit, parts, id, fields)
        else if (model === 'PushedAuthorizationRequest') putPushedRequest(unit, parts, id, fields, expiresIn)
        else if (tokenKinds.has(model)) putToken(unit, parts, model, id, fields, expiresIn)
        // A replay was written by the find that looked for it; clients are written by our own rooms.
      }),
    consume: (id) =>
      within(async (unit) => {
        if (model === 'PushedAuthorizationRequest') {
          unit.consume('consumePushed', bearerHash(id))
          return
        }
        const token = await unit.token(id)
        if (token === undefined || token.consumed) throw new errors.InvalidGrant('already consumed')
        unit.consume('consumeToken', bearerHash(id), text(token.payload['grantId']))
        const redeem = redemptions.get(model)
        if (redeem === undefined) return
        const hash = bearerHash(id)
        unit.put(redeem, hash.toString('hex'), [hash])
      }),
    destroy: (id) =>
      within((unit) => {
        if (model === 'Grant') {
          unit.withdraw('grant', id)
          unit.withdraw('grantHeld', id)
          unit.know(`Grant:${id}`, undefined)
          unit.put('dropGrant', id, [id])
          return
        }
        const hash = bearerHash(id)
        const key = hash.toString('hex')
        if (model === 'Session') {
          unit.withdraw('session', key)
          unit.withdraw('sessionHeld', key)
          unit.put('dropSession', key, [hash])
        } else if (model === 'Interaction') {
          unit.withdraw('interaction', key)
          unit.put('dropInteraction', key, [hash])
        } else if (tokenKinds.has(model)) {
          unit.put('dropToken', key, [hash])
        }
      }),
    revokeByGrantId: (grantId) =>
      within((unit) => {
        // One table holds every kind, and the engine always asks this of access tokens too: one statement does for all.
        if (model === 'AccessToken') unit.put('dropFamily', grantId, [grantId])
      }),
  }
}

/** What moves along with a code or request as it is consumed. */
const redemptions: ReadonlyMap<string, WriteKind> = new Map([
  ['DeviceCode', 'redeemFlow'],
  ['BackchannelAuthenticationRequest', 'redeemCall'],
])

function asAsked(model: string, payload: Payload, polled: PolledFlow | undefined): Payload {
  if (model === 'DeviceCode') return asPolled(payload, polled)
  return model === 'BackchannelAuthenticationRequest' ? asPolledCall(payload, polled) : payload
}

const rememberReplay: Statement = {
  name: 'oidc_replay',
  text: `insert into oidc_replays (id_hash, expires_at) values ($1, now() + make_interval(secs => $2))
         on conflict (id_hash) do nothing returning 1`,
}

/**
 * Looking for a replay is writing it: the engine asks first and writes later, which lets 20 of 20 parallel ones through
 * (measured). One INSERT answers both, and the engine then refuses in its own words.
 */
async function seenBefore(parts: StorageParts, id: string): Promise<Payload | undefined> {
  parts.onRoundTrip('oidc_replay')
  const rows = await commitStatement(parts.pool, rememberReplay, [bearerHash(id), replayMemorySeconds])
  return rows.length === 1 ? undefined : { jti: id, kind: 'ReplayDetection', exp: 2 ** 33 }
}
