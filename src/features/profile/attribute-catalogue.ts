import type { Clock } from '../../kernel/clock.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Attribute } from './attribute.ts'

export interface AttributeReads {
  all(): Promise<readonly Attribute[]>
}

export interface AttributeCatalogue {
  /** In the order the catalogue gives them. */
  all(): Promise<readonly Attribute[]>
  /** Throws `invalid('attribute-unknown')` when the catalogue has no such entry. */
  get(attributeId: string): Promise<Attribute>
  /** Reads anew on next use, after the catalogue was changed in this process. */
  forget(): void
}

/** A change made by another process is seen within this time, in milliseconds. */
const keptForMs = 30_000

/** The catalogue is small and read at every step of a registration, so it is kept in the process. */
export function attributeCatalogue(deps: {
  readonly attributes: AttributeReads
  readonly clock: Clock
}): AttributeCatalogue {
  let kept: { readonly until: number; readonly entries: Promise<readonly Attribute[]> } | undefined
  const all = () => {
    const now = deps.clock.now().getTime()
    if (kept !== undefined && kept.until > now) return kept.entries
    const entries = deps.attributes.all()
    const fresh = { until: now + keptForMs, entries }
    kept = fresh
    entries.catch(() => {
      if (kept === fresh) kept = undefined
    })
    return entries
  }
  return {
    all,
    get: async (attributeId) => {
      const found = (await all()).find((attribute) => attribute.attributeId === attributeId)
      if (found === undefined) throw invalid('attribute-unknown', `There is no attribute ${attributeId}.`)
      return found
    },
    forget: () => {
      kept = undefined
    },
  }
}
