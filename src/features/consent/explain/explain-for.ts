import type { Clock } from '../../../kernel/clock.ts'
import { invalid } from '../../../kernel/errors.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import type { Query } from '../decision/matter.ts'
import type { FactsReader } from '../facts-reader.ts'
import type { RegistrySource } from '../registry-source.ts'
import { type Explanation, explainDecision } from './explain-decision.ts'
import { factsAsOf } from './facts-as-of.ts'

export interface ExplainParts {
  readonly facts: FactsReader
  readonly registry: Pick<ConsentRegistry, 'current'>
  /** Gives purposes and rule packs as they were published at a past instant. */
  readonly past: Pick<RegistrySource, 'loadAsOf'>
  readonly clock: Clock
}

/**
 * Explains the one decision about a person, now or as it would have fallen at a past instant: by what had happened and
 * been recorded until then, under the purposes and rule packs published until then (see `factsAsOf`). Undefined when there
 * is no such person.
 */
export async function explainFor(
  { facts, registry, past, clock }: ExplainParts,
  question: { readonly subjectId: SubjectId; readonly query: Query; readonly asOf?: Date },
): Promise<Explanation | undefined> {
  const now = clock.now()
  const { subjectId, query, asOf = now } = question
  if (asOf.getTime() > now.getTime())
    throw invalid('as-of-in-future', 'Nobody knows yet what will be recorded.')
  const known = await facts.find(subjectId)
  if (known === undefined) return undefined
  if (question.asOf === undefined)
    return explainDecision(query, known.facts, registry.current(), now.getTime())
  const then = await past.loadAsOf(asOf)
  return explainDecision(query, factsAsOf(known.facts, asOf.getTime()), then, asOf.getTime())
}
