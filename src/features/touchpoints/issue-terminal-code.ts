import { actorRef } from '../../kernel/actor.ts'
import { invalid } from '../../kernel/errors.ts'
import { evidenceIn, openTouchpoint, type TouchpointCommand, type TouchpointParts } from './change-parts.ts'
import { drawTerminalCode, shownTerminalCode, terminalCodeHash } from './terminal-code.ts'
import type { TouchpointStores } from './touchpoint-store.ts'

export interface TerminalCode {
  /** Shown once, to whoever types it at the terminal; the house keeps its hash. */
  readonly code: string
  readonly expiresAt: Date
}

/** A code by which one terminal brings its key, once, within a quarter of an hour. */
export async function issueTerminalCode<Tx extends TouchpointStores>(
  { work, clock, entropy, authorize }: TouchpointParts<Tx>,
  command: TouchpointCommand & { readonly touchpointId: string },
): Promise<TerminalCode> {
  const { actor, touchpointId } = command
  const code = drawTerminalCode(entropy)
  return work(async (tx) => {
    const at = clock.now()
    const all = await tx.touchpoints.lockAll()
    await authorize(tx, actor, ['terminal.register'], touchpointId)
    if (openTouchpoint(all, touchpointId).kind !== 'terminal') {
      throw invalid('not-a-terminal', 'Only a terminal has a key of its own.', [
        { field: 'touchpoint', code: 'touchpoint.not-a-terminal' },
      ])
    }
    const expiresAt = await tx.terminals.addCode(terminalCodeHash(code), touchpointId, actorRef(actor), at)
    await tx.audit.record({
      action: 'touchpoints.terminal-code-issued',
      actor,
      at,
      about: `touchpoint:${touchpointId}`,
      ...evidenceIn(command),
    })
    return { code: shownTerminalCode(code), expiresAt }
  })
}
