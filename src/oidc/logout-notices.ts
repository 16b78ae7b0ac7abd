import type Provider from 'oidc-provider'
import type { Clock } from '../kernel/clock.ts'
import { type Entropy, parseId } from '../kernel/ids.ts'
import type { EngineHolder } from './engine.ts'
import type { OidcStorage } from './pg-adapter.ts'
import { dropNotice, takeDueNotices } from './pg-logout-notices.ts'
import type { Pool } from './pg-pools.ts'
import type { OidcLog, RecordAudit } from './ports.ts'

/** How the engine tells one client: makes the logout token (typ `logout+jwt`, 120 s, no nonce) and posts it. */
type Tell = (this: unknown, sub: string, sid: string | undefined) => Promise<void>

const tells = new WeakMap<object, Tell>()

/**
 * The engine tells clients of a logout once, while the browser waits, and forgets it when that fails. Here it only
 * queues the notice in the transaction of the logout itself (R35); telling is `deliverLogoutNotices`. Its method is not
 * in the published types, and is pinned by a test.
 */
export function queueLogoutNotices(
  provider: Provider,
  parts: { readonly storage: OidcStorage; readonly entropy: Entropy; readonly nudge: () => void },
): void {
  const prototype: object = provider.Client.prototype
  const tell: unknown = Reflect.get(prototype, 'backchannelLogout')
  if (typeof tell !== 'function') throw new Error('the engine no longer has Client#backchannelLogout')
  tells.set(provider, tell as Tell)
  Object.defineProperty(prototype, 'backchannelLogout', {
    value: async function backchannelLogout(
      this: { clientId: string },
      sub: string,
      sid: string | undefined,
    ) {
      const unit = parts.storage.current()
      const noticeId = parts.entropy.id<'logout-notice'>()
      unit.put('logoutNotice', noticeId, [noticeId, this.clientId, sub, sid ?? null])
      unit.afterFlush(parts.nudge)
    },
  })
}

export interface NoticeParts {
  readonly pool: Pool
  readonly engine: EngineHolder
  readonly clock: Clock
  readonly log: OidcLog
  readonly audit: RecordAudit
}

/**
 * Tells clients what is due; answers how many were told. A notice is repeated with growing pauses for a day, each time
 * with a fresh token, and then given up on record.
 */
export async function deliverLogoutNotices(parts: NoticeParts, limit: number): Promise<number> {
  const due = await takeDueNotices(parts.pool, limit)
  const told = await Promise.all(
    due.map(async (notice) => {
      const provider = parts.engine.provider()
      const client = await provider.Client.find(notice.clientId)
      const tell = tells.get(provider)
      const gaveUp = notice.expired || client?.backchannelLogoutUri === undefined
      if (gaveUp || tell === undefined) {
        const subjectId = parseId<'subject'>(notice.subjectId)
        await parts.audit([
          {
            action: 'oidc.logout-not-delivered',
            actor: { kind: 'system', name: 'logout-notices' },
            at: parts.clock.now(),
            about: `client:${notice.clientId}`,
            ...(subjectId === undefined ? {} : { subjectId }),
            facts: { attempts: notice.attempts },
          },
        ])
        await dropNotice(parts.pool, notice.noticeId)
        return false
      }
      try {
        await tell.call(client, notice.subjectId, notice.sid ?? undefined)
      } catch (error) {
        parts.log.warn('oidc.logout-notice-failed', {}, error)
        return false
      }
      await dropNotice(parts.pool, notice.noticeId)
      return true
    }),
  )
  return told.filter(Boolean).length
}
