import { evidenceIn, openTouchpoint, type TouchpointCommand, type TouchpointParts } from './change-parts.ts'
import { touchpointEvent } from './events.ts'
import { checkPlace } from './register-touchpoint.ts'
import type { Touchpoint } from './touchpoint.ts'
import { parseTouchpoint, type TouchpointDraft } from './touchpoint-rules.ts'
import type { TouchpointStores } from './touchpoint-store.ts'

/** What can change: code and kind never do. Null takes a place's city or country away. */
export interface TouchpointChanges {
  readonly name?: string
  readonly city?: string | null
  readonly country?: string | null
  readonly networks?: readonly string[]
  readonly parent?: string
}

function changed(before: Touchpoint, { city, country, ...rest }: TouchpointChanges): TouchpointDraft {
  const { state: _state, city: hadCity, country: hadCountry, ...kept } = before
  const newCity = city === undefined ? hadCity : (city ?? undefined)
  const newCountry = country === undefined ? hadCountry : (country ?? undefined)
  return parseTouchpoint({
    ...kept,
    ...rest,
    ...(newCity === undefined ? {} : { city: newCity }),
    ...(newCountry === undefined ? {} : { country: newCountry }),
  })
}

/** Changes an open touchpoint. Moving it needs the power at both places, or a manager could draw another's store to theirs. */
export async function changeTouchpoint<Tx extends TouchpointStores>(
  { work, clock, entropy, authorize }: TouchpointParts<Tx>,
  command: TouchpointCommand & { readonly id: string; readonly changes: TouchpointChanges },
): Promise<void> {
  const { actor, id, changes } = command
  await work(async (tx) => {
    const at = clock.now()
    const all = await tx.touchpoints.lockAll()
    await authorize(tx, actor, ['touchpoint.change'], id)
    const touchpoint = changed(openTouchpoint(all, id), changes)
    if (changes.parent !== undefined) {
      await authorize(tx, actor, ['touchpoint.change'], changes.parent)
      checkPlace(all, touchpoint)
    }
    await tx.touchpoints.change(touchpoint, at)
    await tx.audit.record({
      action: 'touchpoints.changed',
      actor,
      at,
      about: `touchpoint:${id}`,
      facts: {
        fields: Object.keys(changes).sort(),
        parent: touchpoint.parent ?? null,
        networks: touchpoint.networks,
      },
      ...evidenceIn(command),
    })
    const { kind } = touchpoint
    await tx.outbox.add(
      touchpointEvent(entropy, 'touchpoint.changed', at, { touchpointId: id, kind, state: 'open' }),
    )
  })
}
