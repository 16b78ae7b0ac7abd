import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Clock } from '../../kernel/clock.ts'
import { PlacetError } from '../../kernel/errors.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { bearerHash } from '../bearer-hash.ts'
import type { ClientCache } from '../client-cache.ts'
import { oidcEvent } from '../events.ts'
import { answerOAuthError, grantWasRefused } from '../oauth-error.ts'
import type { OidcStorage } from '../pg-adapter.ts'
import type { OidcLog } from '../ports.ts'
import type { RowSeal } from '../row-seal.ts'
import { spendLimits } from '../spend-limits.ts'
import { bindingNumbers } from './binding-number.ts'
import type { DeviceDeps } from './device-deps.ts'
import { deviceTimes } from './device-times.ts'
import { flowParticulars } from './flow-particulars.ts'
import { kioskScopesIn } from './kiosk-scopes.ts'
import { deviceGrant, terminalOf } from './terminals.ts'

export interface StartParts extends Pick<DeviceDeps, 'terminals' | 'limiter' | 'callerOf' | 'work'> {
  readonly storage: OidcStorage
  readonly clients: ClientCache
  readonly rowSeal: RowSeal
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: OidcLog
}

type Next = () => Promise<void>

/**
 * Device authorization requests (RFC 8628 3.1), behind the engine and before anything is written: the engine has proven
 * who the client is and made the codes, and here it is decided whether this client may have them at all, from here and
 * now (R38, R48). A code that is refused was never kept.
 */
export const startDeviceFlow =
  (parts: StartParts) =>
  async (ctx: KoaContextWithOIDC, next: Next): Promise<void> => {
    await next()
    if (ctx.oidc?.route !== 'device_authorization') return
    try {
      await admitFlow(parts, ctx)
    } catch (error) {
      parts.log.error('oidc.device-start-failed', {}, error)
      const busy = error instanceof PlacetError && error.failure === 'unavailable'
      answerOAuthError(
        ctx,
        busy ? 503 : 500,
        busy ? 'temporarily_unavailable' : 'server_error',
        'try again later',
      )
    }
  }

async function admitFlow(parts: StartParts, ctx: KoaContextWithOIDC): Promise<void> {
  const { client } = ctx.oidc
  const unit = parts.storage.unitOf(ctx)
  const refuse = (status: number, error: string, description: string) => {
    // The engine has made its code already, and would keep it.
    unit.discard()
    answerOAuthError(ctx, status, error, description)
  }
  // Whoever did not prove to be the client is told only that.
  if (client === undefined || (ctx.status !== 200 && ctx.status !== 400)) return
  const terminal = terminalOf(parts.clients.find(client.clientId))
  if (terminal === undefined) {
    if (ctx.status === 200 || grantWasRefused(ctx, deviceGrant)) {
      refuse(400, 'unauthorized_client', 'this client may not use the device flow')
    }
    return
  }
  if (ctx.status !== 200) return
  const caller = parts.callerOf(ctx.req)
  // The terminal first, so that one gone wild does not use up what is its store's.
  const wait = await spendLimits(parts.limiter, [
    [client.clientId, 'device-start-terminal'],
    [caller.key, 'device-start-network'],
    ['house', 'device-start-house'],
  ])
  if (wait > 0) {
    ctx.set('Retry-After', String(Math.ceil(wait)))
    return refuse(429, 'temporarily_unavailable', 'too many requests for a code')
  }
  const { touchpointId } = terminal
  const place = parts.terminals.find(touchpointId)
  if (place === undefined || !parts.terminals.mayCallFrom(touchpointId, caller.address)) {
    await tellOfMisplaced(parts, client.clientId, touchpointId)
    return refuse(400, 'unauthorized_client', 'this terminal may not ask from here')
  }
  const scopes = kioskScopesIn(ctx.oidc.params?.['scope'])
  if (scopes === undefined) {
    return refuse(400, 'invalid_scope', 'a terminal may ask for openid and kiosk, and nothing else')
  }
  const code = ctx.oidc.entities.DeviceCode
  const userCode: unknown = code === undefined ? undefined : Reflect.get(code, 'userCode')
  if (code === undefined || typeof userCode !== 'string') throw new Error('the engine made no device code')
  const numbers = bindingNumbers(parts.entropy)
  const hash = bearerHash(code.jti)
  const key = hash.toString('hex')
  const now = Math.floor(parts.clock.now().getTime() / 1000)
  const { onScreen, grace, interval, reportable } = deviceTimes
  const end = now + deviceTimes.code
  unit.put('deviceFlow', key, [
    hash,
    bearerHash(userCode),
    client.clientId,
    touchpointId,
    flowParticulars.seal(parts.rowSeal, hash, { ...numbers, scopes }),
    parts.clock.now().getTime() / 1000,
    now + onScreen + grace,
    end,
    interval,
    end + reportable,
  ])
  // For the terminal's own screen and nowhere else: not in the link, not in the QR code.
  ctx.body = { ...(ctx.body as object), interval, binding_number: String(numbers.shown) }
}

/** A key that signs from elsewhere may have been taken out of its kiosk. */
async function tellOfMisplaced(parts: StartParts, clientId: string, touchpointId: string) {
  const at = parts.clock.now()
  await parts.work(async ({ audit, outbox }) => {
    await audit.record({
      action: 'oidc.device-start-refused',
      actor: { kind: 'client', clientId },
      at,
      about: `client:${clientId}`,
      evidence: { channel: 'kiosk', surface: 'device', language: 'und', touchpoint: touchpointId, clientId },
    })
    await outbox.add(oidcEvent(parts.entropy, 'device-flow.start-refused', at, { touchpointId, clientId }))
  })
  parts.log.warn('oidc.device-start-refused', { count: 1 })
}
