import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { bearerHash } from '../bearer-hash.ts'
import type { ClientCache } from '../client-cache.ts'
import type { OidcLog } from '../ports.ts'
import type { RowSeal } from '../row-seal.ts'
import { spendLimits } from '../spend-limits.ts'
import { alarmOfQuota } from './call-alarms.ts'
import { type CallParticulars, callParticulars } from './call-particulars.ts'
import { callRecord } from './call-record.ts'
import type { NewCall } from './call-store.ts'
import type { CibaDeps } from './ciba-deps.ts'
import { cibaTimes } from './ciba-times.ts'
import { promptPerson } from './prompt-person.ts'

export interface KeepParts {
  readonly ciba: Pick<CibaDeps, 'limiter' | 'work' | 'wayTo'>
  readonly clients: Pick<ClientCache, 'metadata'>
  readonly rowSeal: RowSeal
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Pick<OidcLog, 'warn'>
}

export interface AskedCall
  extends Pick<
    NewCall,
    'codeHash' | 'clientId' | 'subjectId' | 'agentId' | 'touchpointId' | 'startedAt' | 'requestExpiresAt'
  > {
  readonly particulars: CallParticulars
  /** In which agent and customer speak, where that is known. */
  readonly language?: string
}

/** One binding message for all who ask: what fits on a small screen and can be read aloud (R51). */
export const bindingMessage = /^[A-Za-z0-9\-._+/!?#]{1,20}$/

/** R50: how often an agent and a client may ask, whoever it is about. Seconds to wait, or 0. */
export async function spendCallQuota(
  parts: KeepParts,
  call: Pick<NewCall, 'clientId' | 'agentId' | 'touchpointId'>,
): Promise<number> {
  const wait = await spendLimits(parts.ciba.limiter, [
    [`${call.clientId} ${call.agentId}`, 'call-start-agent'],
    [call.clientId, 'call-start-client'],
  ])
  if (wait > 0) await alarmOfQuota(parts, call)
  return wait
}

/**
 * Puts a request on record, whoever asks and whoever it is about. Answers what tells the person of it, to be run when whoever
 * asked has their answer.
 */
export async function keepCall(parts: KeepParts, asked: AskedCall): Promise<() => Promise<void>> {
  const { particulars, language, ...call } = asked
  const link = Buffer.from(parts.entropy.bytes(32)).toString('base64url')
  await parts.ciba.work(async ({ calls, audit }) => {
    await calls.insert({
      ...call,
      linkHash: bearerHash(link),
      particulars: callParticulars.seal(parts.rowSeal, call.codeHash, particulars),
      intervalSeconds: cibaTimes.interval,
      expiresAt: new Date(call.requestExpiresAt.getTime() + cibaTimes.reportable * 1000),
    })
    await audit.record(callRecord.requested(call, call.startedAt, language))
  })
  return () =>
    promptPerson(parts, call, {
      link,
      bindingMessage: particulars.bindingMessage,
      expiresAt: call.requestExpiresAt,
    })
}
