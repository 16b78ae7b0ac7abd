import { z } from 'zod'
import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { ClientCache } from '../client-cache.ts'
import type { RowSeal } from '../row-seal.ts'
import type { CallParticulars } from './call-particulars.ts'
import type { NewPing, StoredCall } from './call-store.ts'
import { cibaTimes } from './ciba-times.ts'

const shape = z.strictObject({ authReqId: z.string(), token: z.string() })
const table = 'oidc_call_pings'

export const pingSecrets = {
  seal: (rowSeal: RowSeal, pingId: string, secrets: z.infer<typeof shape>): Uint8Array =>
    rowSeal.seal(table, pingId, secrets),
  open: (rowSeal: RowSeal, pingId: string, sealed: Uint8Array): z.infer<typeof shape> =>
    shape.parse(rowSeal.open(table, pingId, sealed)),
}

/** The notification of a client that wants one (CIBA 10.2); of no use any more once its request is over. */
export function pingFor(
  parts: {
    readonly clients: Pick<ClientCache, 'metadata'>
    readonly rowSeal: RowSeal
    readonly entropy: Entropy
    readonly clock: Clock
  },
  call: StoredCall,
  { ping }: CallParticulars,
  at: Date,
): NewPing | undefined {
  const mode = parts.clients.metadata(call.clientId)?.['backchannel_token_delivery_mode']
  if (mode !== 'ping' || ping === undefined) return undefined
  const pingId = parts.entropy.id<'ping'>()
  return {
    pingId,
    clientId: call.clientId,
    particulars: pingSecrets.seal(parts.rowSeal, pingId, ping),
    createdAt: at,
    deadlineAt: call.requestExpiresAt,
    expiresAt: new Date(at.getTime() + cibaTimes.deadPing * 1000),
  }
}
