import { everyKey } from './affected-keys.ts'
import type { DraftEvent } from './choices.ts'
import type { Facts } from './facts.ts'
import { decideKey } from './key-decision.ts'
import type { PermissionKey } from './permission-key.ts'
import type { PublishedRegistry } from './published.ts'
import { restrictionsFrom } from './restriction.ts'

/** One use of one brand, on one contact channel. */
export type ForeseenUse = Pick<PermissionKey, 'brand' | 'purpose' | 'contactChannel'>

/** What a measure would change, before it is taken. */
export interface ForeseenEffect {
  /** Permitted now, and no longer. */
  readonly ends: readonly ForeseenUse[]
  /** Permitted before and after, for fewer attributes. */
  readonly narrows: readonly ForeseenUse[]
  /** Not permitted now, and then. */
  readonly begins: readonly ForeseenUse[]
  /** Permitted before and after, alike. */
  readonly stays: readonly ForeseenUse[]
}

/** The facts as they would be with one more act on record, at this instant. */
export function withEvent(facts: Facts, draft: DraftEvent, now: number): Facts {
  const events = [...facts.events, { ...draft, id: 'foreseen', occurredAt: now, recordedAt: now }]
  return { ...facts, events, subject: { ...facts.subject, restrictions: restrictionsFrom(events) } }
}

/**
 * Decides every use twice, on the facts there are and on those there would be, by the very decision that every exit asks.
 * Counted once per use, for the contact point in use now: older addresses of the person are no permissions of their own, and
 * kinds of products that soft opt-in permits are one use with what is permitted for any.
 */
export function foreseeEffect(
  before: Facts,
  after: Facts,
  registry: PublishedRegistry,
  now: number,
): ForeseenEffect {
  const effect = { ends: [], narrows: [], begins: [], stays: [] } as Record<
    keyof ForeseenEffect,
    ForeseenUse[]
  >
  const inUse = everyKey(registry, before).filter(
    ({ contactPoint, contactChannel }) => contactPoint === before.contactPoints?.[contactChannel],
  )
  const uses = Map.groupBy(inUse, ({ brand, purpose, contactChannel }) =>
    JSON.stringify([brand, purpose, contactChannel]),
  )
  for (const keys of uses.values()) {
    const most = (facts: Facts): number =>
      Math.max(...keys.map((key) => decideKey(key, facts, registry, now).attributes.length))
    const [then, next] = [most(before), most(after)]
    const [key] = keys
    if (key === undefined || (then === 0 && next === 0)) continue
    const { brand, purpose, contactChannel } = key
    const fate = next === 0 ? 'ends' : then === 0 ? 'begins' : next < then ? 'narrows' : 'stays'
    effect[fate].push({ brand, purpose, contactChannel })
  }
  return effect
}
