import type { Clock } from '../../kernel/clock.ts'
import type { Entropy } from '../../kernel/ids.ts'
import { oidcEvent } from '../events.ts'
import type { OidcLog } from '../ports.ts'
import { spendLimits } from '../spend-limits.ts'
import type { NewCall } from './call-store.ts'
import type { CibaDeps } from './ciba-deps.ts'

export interface AlarmParts {
  readonly ciba: Pick<CibaDeps, 'limiter' | 'work'>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Pick<OidcLog, 'warn'>
}

type Call = Pick<NewCall, 'agentId' | 'clientId' | 'touchpointId'>
type Alarm = 'call-approval.asked-too-often' | 'call-approval.prompts-held-back'

/** Once in an hour for each agent or person: whoever floods us must not be able to flood those who watch. */
async function raise(parts: AlarmParts, alarm: Alarm, call: Call, whom: string): Promise<void> {
  if ((await spendLimits(parts.ciba.limiter, [[`${alarm} ${whom}`, 'call-alarm']])) > 0) return
  const { agentId, clientId, touchpointId } = call
  const at = parts.clock.now()
  const agent = `staff:${agentId}`
  await parts.ciba.work(async ({ audit, outbox }) => {
    await audit.record({
      action: 'oidc.call-alarm-raised',
      actor: { kind: 'client', clientId },
      at,
      about: `client:${clientId}`,
      facts: { alarm, agent },
    })
    await outbox.add(
      oidcEvent(parts.entropy, alarm, at, { clientId, agent, touchpointId: touchpointId ?? null }),
    )
  })
  parts.log.warn(`oidc.${alarm}`, { count: 1 })
}

/** An agent, or a client for all of its agents, asks more than anybody's work takes (R50). */
export const alarmOfQuota = (parts: AlarmParts, call: Call): Promise<void> =>
  raise(parts, 'call-approval.asked-too-often', call, `${call.clientId} ${call.agentId}`)

/**
 * One more message that must not be sent to this person (R52). A second try of an agent who lost a call is nothing; more than
 * three within ten minutes are somebody who waits for the customer to give in. The event does not name the person: whoever
 * hears of it need not learn whose telephone was spared.
 */
export async function alarmOfHeldBack(
  parts: AlarmParts,
  call: Call & Pick<NewCall, 'subjectId'>,
): Promise<void> {
  const many = (await spendLimits(parts.ciba.limiter, [[call.subjectId, 'call-held-back']])) > 0
  if (many) await raise(parts, 'call-approval.prompts-held-back', call, call.subjectId)
}
