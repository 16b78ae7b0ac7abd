import type { Clock } from '../../kernel/clock.ts'
import type { ClientCache } from '../client-cache.ts'
import type { Pool } from '../pg-pools.ts'
import type { Fetch, OidcLog, RecordAudit } from '../ports.ts'
import type { RowSeal } from '../row-seal.ts'
import { pingSecrets } from './call-ping.ts'
import { callRecord } from './call-record.ts'
import type { CibaDeps } from './ciba-deps.ts'
import { type DuePing, dropPing, giveUpPing, takeDuePings } from './pg-call-pings.ts'

export interface PingParts {
  readonly pool: Pool
  readonly clients: Pick<ClientCache, 'metadata'>
  readonly rowSeal: RowSeal
  readonly fetch: Fetch
  readonly clock: Clock
  readonly log: OidcLog
  readonly audit: RecordAudit
  readonly onPing: CibaDeps['onPing']
}

/**
 * Tells clients that there is an answer (CIBA 10.2); returns how many were told. The address is the registered one of this
 * moment, reached through the one egress client, which follows no redirect and reaches no address of ours (R54). Repeated
 * until the request would be over, and then given up on record.
 */
export async function deliverCallPings(parts: PingParts, limit: number): Promise<number> {
  const due = await takeDuePings(parts.pool, limit, parts.clock.now())
  const told = await Promise.all(due.map((ping) => deliver(parts, ping)))
  return told.filter(Boolean).length
}

async function deliver(parts: PingParts, ping: DuePing): Promise<boolean> {
  const endpoint = parts.clients.metadata(ping.clientId)?.['backchannel_client_notification_endpoint']
  if (ping.tooLate || typeof endpoint !== 'string') {
    const at = parts.clock.now()
    await parts.audit([callRecord.pingLost(ping.clientId, ping.attempts, at)])
    await giveUpPing(parts.pool, ping.pingId, at)
    parts.onPing('given-up')
    return false
  }
  try {
    const { authReqId, token } = pingSecrets.open(parts.rowSeal, ping.pingId, ping.particulars)
    const answer = await parts.fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ auth_req_id: authReqId }),
      redirect: 'manual',
    })
    if (answer.status !== 204 && answer.status !== 200) throw new Error(`it answers ${answer.status}`)
  } catch (error) {
    parts.log.warn('oidc.call-ping-failed', {}, error)
    parts.onPing('failed')
    return false
  }
  await dropPing(parts.pool, ping.pingId)
  parts.onPing('delivered')
  return true
}
