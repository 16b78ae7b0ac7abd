import type { Actor } from '../../kernel/actor.ts'
import type { Clock } from '../../kernel/clock.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy } from '../../kernel/ids.ts'
import type { Work } from '../../kernel/work.ts'
import type { TerminalKey } from './terminal-key.ts'
import type { Touchpoint } from './touchpoint.ts'
import type { TouchpointStores } from './touchpoint-store.ts'

export type TouchpointPower = 'touchpoint.change' | 'terminal.register'

/** What every use case of this room is given. `Tx` is what a unit holds beside this room's stores. */
export interface TouchpointParts<Tx extends TouchpointStores> {
  readonly work: Work<Tx>
  readonly clock: Clock
  readonly entropy: Entropy
  /**
   * Throws unless the actor holds one of the powers at this place; undefined is the whole house. Asked inside the unit, so
   * that what they hold is what they hold at this moment.
   */
  readonly authorize: (
    tx: Tx,
    actor: Actor,
    powers: readonly TouchpointPower[],
    at: string | undefined,
  ) => Promise<void>
  /** The terminals' clients, in the same unit: who is enrolled may ask for tokens, who is revoked has none from then on. */
  readonly clients: {
    admit(tx: Tx, terminal: Touchpoint, key: TerminalKey & { readonly kid: string }, at: Date): Promise<void>
    end(tx: Tx, touchpointId: string, at: Date): Promise<void>
  }
}

/** Who does it, and by which way in. */
export interface TouchpointCommand {
  readonly actor: Actor
  readonly evidence?: Evidence
}

export const evidenceIn = ({ evidence }: TouchpointCommand): { readonly evidence?: Evidence } =>
  evidence === undefined ? {} : { evidence }

export function openTouchpoint(all: readonly Touchpoint[], id: string): Touchpoint {
  const found = all.find((one) => one.id === id)
  if (found === undefined)
    throw invalid('touchpoint-unknown', 'There is no such touchpoint.', [
      { field: 'touchpoint', code: 'touchpoint.unknown' },
    ])
  if (found.state === 'closed') throw conflict('touchpoint-closed', 'This touchpoint is closed for good.')
  return found
}

/** It and everything below it, whatever the state. */
export function withAllBelow(all: readonly Touchpoint[], id: string): readonly Touchpoint[] {
  const children = Map.groupBy(all, ({ parent }) => parent)
  const found = all.filter((one) => one.id === id)
  for (const one of found) found.push(...(children.get(one.id) ?? []))
  return found
}
