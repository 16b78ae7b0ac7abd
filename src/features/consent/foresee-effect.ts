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
 * Counted once per use, for the contact point in use now: older addresses of the person are no permissions of their own.
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
  for (const key of everyKey(registry, before)) {
    if (key.contactPoint !== before.contactPoints?.[key.contactChannel]) continue
    const then = decideKey(key, before, registry, now).attributes.length
    const next = decideKey(key, after, registry, now).attributes.length
    if (then === 0 && next === 0) continue
    const { brand, purpose, contactChannel } = key
    const fate = next === 0 ? 'ends' : then === 0 ? 'begins' : next < then ? 'narrows' : 'stays'
    effect[fate].push({ brand, purpose, contactChannel })
  }
  return effect
}
