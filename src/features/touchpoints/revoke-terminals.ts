import { invalid } from '../../kernel/errors.ts'
import type { Proofs } from '../../kernel/work.ts'
import { evidenceIn, type TouchpointCommand, type TouchpointParts, withAllBelow } from './change-parts.ts'
import { touchpointEvent } from './events.ts'
import type { Touchpoint } from './touchpoint.ts'
import type { TouchpointStores } from './touchpoint-store.ts'

type Revocation = TouchpointCommand & { readonly reason: string }

/** Ends the terminals among these places: key, open codes and client, all in the unit of whoever calls. */
export async function endTerminals<Tx extends TouchpointStores>(
  { clients, entropy }: Pick<TouchpointParts<Tx>, 'clients' | 'entropy'>,
  tx: Tx & Proofs,
  among: readonly Touchpoint[],
  command: Revocation,
  at: Date,
): Promise<readonly string[]> {
  const terminals = among.filter(({ kind }) => kind === 'terminal').map(({ id }) => id)
  await tx.terminals.dropCodes(terminals)
  const revoked = await tx.terminals.revoke(terminals, at)
  for (const touchpointId of revoked) {
    await clients.end(tx, touchpointId, at)
    await tx.audit.record({
      action: 'touchpoints.terminal-revoked',
      actor: command.actor,
      at,
      about: `touchpoint:${touchpointId}`,
      reason: command.reason,
      ...evidenceIn(command),
    })
    await tx.outbox.add(
      touchpointEvent(entropy, 'terminal.revoked', at, { touchpointId, reason: command.reason }),
    )
  }
  return revoked
}

/**
 * The kill switch: one terminal, all of a store, or (left out) of the whole house. A revoked terminal gets no token, and
 * those it has are dead as soon as the processes hear that its client is disabled, which is at the commit. It comes back
 * by a new enrolment alone, with a new key. Answers the codes of those that were enrolled until now.
 */
export async function revokeTerminals<Tx extends TouchpointStores>(
  parts: TouchpointParts<Tx>,
  command: Revocation & { readonly at: string | undefined },
): Promise<readonly string[]> {
  const reason = command.reason.trim()
  if (reason === '') throw invalid('reason-missing', 'Say why.', [{ field: 'reason', code: 'missing' }])
  return parts.work(async (tx) => {
    const at = parts.clock.now()
    const all = await tx.touchpoints.lockAll()
    await parts.authorize(tx, command.actor, ['terminal.register', 'touchpoint.change'], command.at)
    const among = command.at === undefined ? all : withAllBelow(all, command.at)
    if (among.length === 0)
      throw invalid('touchpoint-unknown', 'There is no such touchpoint.', [
        { field: 'touchpoint', code: 'touchpoint.unknown' },
      ])
    const revoked = await endTerminals(parts, tx, among, { ...command, reason }, at)
    await tx.audit.record({
      action: 'touchpoints.terminals-revoked',
      actor: command.actor,
      at,
      about: command.at === undefined ? 'touchpoints' : `touchpoint:${command.at}`,
      reason,
      facts: { revoked },
      ...evidenceIn(command),
    })
    return revoked
  })
}
