import { conflict, invalid } from '../../kernel/errors.ts'
import { evidenceIn, openTouchpoint, type TouchpointCommand, type TouchpointParts } from './change-parts.ts'
import { touchpointEvent } from './events.ts'
import type { Touchpoint } from './touchpoint.ts'
import { mayLieIn, parseTouchpoint, type TouchpointDraft } from './touchpoint-rules.ts'
import type { TouchpointStores } from './touchpoint-store.ts'

/** Throws unless the touchpoint may lie where it says. Its parent must be there and open. */
export function checkPlace(all: readonly Touchpoint[], { kind, parent }: TouchpointDraft): void {
  const place = parent === undefined ? undefined : openTouchpoint(all, parent)
  if (!mayLieIn(kind, place?.kind)) {
    const where = place === undefined ? 'by itself' : `in a ${place.kind}`
    throw invalid('touchpoint-misplaced', `A ${kind} does not stand ${where}.`, [
      { field: 'parent', code: 'touchpoint.misplaced' },
    ])
  }
}

/** A new place. Its code is its own for good: a closed shop's is never given to another, since old proofs name it. */
export async function registerTouchpoint<Tx extends TouchpointStores>(
  { work, clock, entropy, authorize }: TouchpointParts<Tx>,
  command: TouchpointCommand & { readonly touchpoint: TouchpointDraft },
): Promise<void> {
  const { actor } = command
  const touchpoint = parseTouchpoint(command.touchpoint)
  await work(async (tx) => {
    const at = clock.now()
    const all = await tx.touchpoints.lockAll()
    await authorize(tx, actor, ['touchpoint.change'], touchpoint.parent)
    if (all.some(({ id }) => id === touchpoint.id)) {
      throw conflict('touchpoint-exists', 'This code is in use or was; choose another.')
    }
    checkPlace(all, touchpoint)
    await tx.touchpoints.insert(touchpoint, at)
    await tx.audit.record({
      action: 'touchpoints.registered',
      actor,
      at,
      about: `touchpoint:${touchpoint.id}`,
      facts: { kind: touchpoint.kind, parent: touchpoint.parent ?? null, networks: touchpoint.networks },
      ...evidenceIn(command),
    })
    const { id: touchpointId, kind } = touchpoint
    await tx.outbox.add(
      touchpointEvent(entropy, 'touchpoint.changed', at, { touchpointId, kind, state: 'open' }),
    )
  })
}
