import type { Instant } from '../calendar.ts'
import type { Query } from '../decision/matter.ts'
import { decide } from '../decision.ts'
import type { Facts } from '../facts.ts'
import type { Registry } from '../registry.ts'

/** One case of a vector file, in the words of this room. `expect` names the parts of the decision it speaks about. */
export interface DecisionVector {
  readonly id: string
  readonly now: Instant
  readonly query: Query
  readonly facts: Facts
}

/** The parts of a decision that vectors speak about, in the order they are printed. */
export function answerVector(vector: DecisionVector, registry: Registry): Readonly<Record<string, unknown>> {
  const { decision, reason, ask, basis } = decide(vector.query, vector.facts, registry, vector.now)
  return { decision, reason, ask, basis }
}
