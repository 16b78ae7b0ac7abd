import type { Instant } from './calendar.ts'
import { Matter } from './decision/matter.ts'
import { againstUse, restriction } from './decision/restriction.ts'
import type { Facts } from './facts.ts'
import { houseSystem } from './key-decision.ts'
import type { PermissionKey } from './permission-key.ts'
import type { PublishedRegistry } from './published.ts'
import { keyFor } from './standing-choice.ts'

/** One use that a restriction in force stands against, and whether the person allows it all the same (GDPR Art. 18(2)). */
export interface RestrictedUse {
  readonly key: PermissionKey
  /** When they allowed it, knowing of every restriction that reaches it. */
  readonly allowedAt: Instant | undefined
}

/** How a restriction bears on one use, over all attributes of its purpose; undefined when none reaches it. */
export function restrictedUse(
  key: PermissionKey,
  facts: Facts,
  registry: PublishedRegistry,
  now: Instant,
): RestrictedUse | undefined {
  const reached = (registry.active.get(key.purpose)?.attributes ?? [])
    .map((attribute) => new Matter({ ...key, system: houseSystem, attribute }, facts, registry, now))
    .filter((matter) => againstUse(matter).length > 0)
  const [first] = reached
  if (first === undefined) return undefined
  const allowed = reached.every((matter) => restriction(matter) === undefined)
  return { key, allowedAt: allowed ? first.standing().by?.occurredAt : undefined }
}

/** Every use a restriction reaches, in the order of the screens; what is done for authorities or the person's own requests is none. */
export function restrictedUses(
  house: { readonly controller: string; readonly brand: string },
  facts: Facts,
  registry: PublishedRegistry,
  now: Instant,
): readonly RestrictedUse[] {
  if (facts.subject.restrictions.length === 0 && facts.linked === undefined) return []
  return registry.order.flatMap((purpose) => {
    const kind = registry.purposes.get(purpose)?.class
    if (kind === 'authority' || kind === 'dsr') return []
    return (registry.active.get(purpose)?.contactChannels ?? []).flatMap(
      (channel) => restrictedUse(keyFor(house, purpose, channel, facts), facts, registry, now) ?? [],
    )
  })
}
