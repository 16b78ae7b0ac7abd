import type { Instant } from './calendar.ts'
import type { Query } from './decision/matter.ts'
import { decide } from './decision.ts'
import type { Facts } from './facts.ts'
import type { LegalBasis } from './purpose.ts'
import type { Reason } from './reason.ts'
import type { Registry } from './registry.ts'

/** A decision as it is kept for millions: true until `validUntil` or until a fact of the person changes. */
export interface Permission {
  readonly key: Query
  readonly decision: 'PERMIT' | 'DENY'
  readonly reason: Reason
  readonly basis: LegalBasis | null
  readonly validUntil: Instant | null
}

/**
 * The batch form of the decision, for the transaction that appends a fact: the rows of one person for the questions that
 * exports and streams will ask. It decides nothing itself, so batch and single cannot differ.
 */
export function permissionsFor(
  facts: Facts,
  registry: Registry,
  keys: readonly Query[],
  now: Instant,
): readonly Permission[] {
  return keys.map((key) => {
    const { decision, reason, basis, validUntil } = decide(key, facts, registry, now)
    return { key, decision, reason, basis, validUntil }
  })
}
