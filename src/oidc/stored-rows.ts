import Provider from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import { parseId } from '../kernel/ids.ts'
import { bearerHash } from './bearer-hash.ts'
import { deviceLabel } from './device-label.ts'
import type { Payload, RequestUnit, UnitParts } from './request-unit.ts'

/** What a session's save amounts to: nothing, moving its end, or a change that must be durable. */
export type TouchRule = (payload: Payload, before: Payload) => 'skip' | 'touch' | 'write'

export interface RowParts extends UnitParts {
  readonly touchRule: TouchRule
}

export function putToken(
  unit: RequestUnit,
  parts: RowParts,
  model: string,
  id: string,
  payload: Payload,
  expiresIn: number | undefined,
): void {
  const hash = bearerHash(id)
  const key = hash.toString('hex')
  const userCode = text(payload['userCode'])
  // A code shown to a person is looked up by itself, and its row is saved again from there, so it keeps its own value.
  const kept = userCode === undefined ? without(payload, 'jti') : payload
  unit.put('token', key, [
    hash,
    model,
    text(payload['clientId']) ?? null,
    parseId(payload['accountId']) ?? null,
    text(payload['grantId']) ?? null,
    text(payload['sessionUid']) ?? null,
    payload['expiresWithSession'] === true || unit.endsWithSession,
    userCode === undefined ? null : bearerHash(userCode),
    parts.rowSeal.seal('oidc_tokens', key, kept),
    expiryOf(parts.clock, payload, expiresIn),
  ])
}

export function putGrant(unit: RequestUnit, parts: RowParts, id: string, payload: Payload): void {
  const subjectId = parseId<'subject'>(payload['accountId'])
  if (subjectId === undefined) throw new Error('a grant without a subject cannot be kept')
  if (unit.foundGrant(id)) unit.put('grantHeld', id, [id])
  unit.know(`Grant:${id}`, payload)
  unit.put('grant', id, [
    id,
    subjectId,
    text(payload['clientId']) ?? '',
    Provider.ctx?.oidc.session?.uid ?? null,
    parts.rowSeal.seal('oidc_grants', id, payload),
    expiryOf(parts.clock, payload, undefined),
    unit.parentGrantId ?? null,
  ])
}

export function putSession(unit: RequestUnit, parts: RowParts, id: string, payload: Payload): void {
  const hash = bearerHash(id)
  const key = hash.toString('hex')
  const sealed = parts.rowSeal.seal('oidc_sessions', key, payload)
  const exp = expiryOf(parts.clock, payload, undefined)
  const before = unit.loadedSession(id)
  const due = before === undefined ? 'write' : parts.touchRule(payload, before)
  if (due === 'skip') return
  if (due === 'touch') {
    unit.afterFlush(() => parts.writes.touch({ idHash: hash, payload: sealed, exp }))
    return
  }
  if (before !== undefined) unit.put('sessionHeld', key, [hash])
  else holdRenamed(unit)
  const loginTs = payload['loginTs']
  const now = seconds(parts.clock)
  unit.put('session', key, [
    hash,
    text(payload['uid']) ?? '',
    parseId(payload['accountId']) ?? null,
    sealed,
    deviceLabel(Provider.ctx?.get('user-agent') ?? '') ?? null,
    typeof loginTs === 'number' ? loginTs : now,
    exp,
  ])
}

/** Under a new name it is still the session this request began with, and must not be written back to life either. */
function holdRenamed(unit: RequestUnit): void {
  const session: object | undefined = Provider.ctx?.oidc.session
  const former = session === undefined ? undefined : text(Reflect.get(session, 'oldId'))
  if (former === undefined || unit.loadedSession(former) === undefined) return
  const hash = bearerHash(former)
  unit.put('sessionHeld', hash.toString('hex'), [hash])
}

export function putInteraction(unit: RequestUnit, parts: RowParts, id: string, payload: Payload): void {
  const hash = bearerHash(id)
  const key = hash.toString('hex')
  const { result, ...rest } = payload
  const prompt = nested(payload['prompt'], 'name')
  const parJti = text(payload['parJti'])
  unit.put('interaction', key, [
    hash,
    nested(payload['params'], 'client_id') ?? '',
    prompt ?? '',
    nested(payload['session'], 'uid') ?? null,
    parJti === undefined ? null : bearerHash(parJti),
    parts.rowSeal.seal('oidc_interactions', key, rest),
    result === undefined ? null : parts.rowSeal.seal('oidc_interactions.result', key, result),
    expiryOf(parts.clock, payload, undefined),
  ])
}

export function putPushedRequest(
  unit: RequestUnit,
  parts: RowParts,
  id: string,
  payload: Payload,
  expiresIn: number | undefined,
): void {
  const hash = bearerHash(id)
  const key = hash.toString('hex')
  const sealed = parts.rowSeal.seal('oidc_pushed_requests', key, without(payload, 'jti'))
  unit.put('pushed', key, [hash, sealed, expiryOf(parts.clock, payload, expiresIn)])
}

const seconds = (clock: Clock) => Math.floor(clock.now().getTime() / 1000)

export const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

const nested = (value: unknown, name: string) =>
  typeof value === 'object' && value !== null ? text((value as Payload)[name]) : undefined

const without = (payload: Payload, name: string): Payload => {
  const { [name]: _left, ...rest } = payload
  return rest
}

/** Seconds since 1970. The engine writes `exp` into everything that ends. */
function expiryOf(clock: Clock, payload: Payload, expiresIn: number | undefined): number {
  const exp = payload['exp']
  if (typeof exp === 'number') return exp
  if (expiresIn !== undefined) return seconds(clock) + expiresIn
  throw new Error('the engine asked to keep something without an end')
}
