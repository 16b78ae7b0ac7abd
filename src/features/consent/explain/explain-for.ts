import type { Clock } from '../../../kernel/clock.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { Query } from '../decision/matter.ts'
import type { FactsReader } from '../facts-reader.ts'
import type { RegistrySource } from '../registry-source.ts'
import { type Explanation, explainDecision } from './explain-decision.ts'
import type { PastFacts } from './past-facts.ts'

export interface ExplainParts {
  readonly facts: FactsReader
  readonly registry: Pick<ConsentRegistry, 'current'>
  /** Gives purposes, rule packs and recipients as they were at a past instant. */
  readonly past: Pick<RegistrySource, 'loadAsOf'>
  /** Gives a person as they were known at a past instant. */
  readonly pastFacts: PastFacts
  readonly clock: Clock
}

/**
 * Explains the one decision about a person, now or as it fell at a past instant: by what had been recorded until then, every
 * fact as it then was, under the purposes, rule packs and recipients of then. What was known is told with it, and what cannot
 * be known any more is told as such. Undefined when there is no such person.
 */
export async function explainFor(
  { facts, registry, past, pastFacts, clock }: ExplainParts,
  question: { readonly subjectId: SubjectId; readonly query: Query; readonly asOf?: Date },
): Promise<Explanation | undefined> {
  const now = clock.now()
  const { subjectId, query, asOf = now } = question
  if (asOf.getTime() > now.getTime())
    throw invalid('as-of-in-future', 'Nobody knows yet what will be recorded.')
  if (question.asOf === undefined) {
    const known = await facts.find(subjectId)
    return known && explainDecision(query, known.facts, registry.current(), now.getTime())
  }
  const [known, then] = await Promise.all([pastFacts.find(subjectId, asOf), past.loadAsOf(asOf)])
  if (known === undefined) return undefined
  const { since, lost } = known
  return explainDecision(query, known.facts, then, asOf.getTime(), { since: since.getTime(), lost })
}
