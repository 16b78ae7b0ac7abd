import { invalid } from '../../kernel/errors.ts'
import {
  evidenceIn,
  openTouchpoint,
  type TouchpointCommand,
  type TouchpointParts,
  withAllBelow,
} from './change-parts.ts'
import { touchpointEvent } from './events.ts'
import { endTerminals } from './revoke-terminals.ts'
import type { TouchpointStores } from './touchpoint-store.ts'

/**
 * Closes a place for good, with everything in it: terminals below it are revoked in the same unit, roles held there reach
 * nothing any more. Answers the codes that were closed.
 */
export async function closeTouchpoint<Tx extends TouchpointStores>(
  parts: TouchpointParts<Tx>,
  command: TouchpointCommand & { readonly id: string; readonly reason: string },
): Promise<readonly string[]> {
  const { actor, id } = command
  const reason = command.reason.trim()
  if (reason === '')
    throw invalid('reason-missing', 'Say why it closes.', [{ field: 'reason', code: 'missing' }])
  return parts.work(async (tx) => {
    const at = parts.clock.now()
    const all = await tx.touchpoints.lockAll()
    await parts.authorize(tx, actor, ['touchpoint.change'], id)
    openTouchpoint(all, id)
    const closing = withAllBelow(all, id).filter(({ state }) => state === 'open')
    await tx.touchpoints.close(
      closing.map((one) => one.id),
      at,
    )
    await endTerminals(parts, tx, closing, { ...command, reason }, at)
    for (const { id: touchpointId, kind } of closing) {
      await tx.audit.record({
        action: 'touchpoints.closed',
        actor,
        at,
        about: `touchpoint:${touchpointId}`,
        reason,
        ...(touchpointId === id ? {} : { facts: { with: id } }),
        ...evidenceIn(command),
      })
      await tx.outbox.add(
        touchpointEvent(parts.entropy, 'touchpoint.changed', at, { touchpointId, kind, state: 'closed' }),
      )
    }
    return closing.map((one) => one.id)
  })
}
