import type { Clock } from '../../kernel/clock.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { ConsentRegistry } from './cached-registry.ts'
import type { Query } from './decision/matter.ts'
import { type Decision, decide } from './decision.ts'
import type { FactsReader } from './facts-reader.ts'

export interface DecideParts {
  readonly facts: FactsReader
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly clock: Clock
}

/**
 * Asks the one decision about a person, on facts read now from the primary: one read for any number of questions.
 * Undefined when there is no such person.
 */
export async function decideFor(
  { facts, registry, clock }: DecideParts,
  subjectId: SubjectId,
  queries: readonly Query[],
): Promise<readonly Decision[] | undefined> {
  const known = await facts.find(subjectId)
  if (known === undefined) return undefined
  const current = registry.current()
  const now = clock.now().getTime()
  return queries.map((query) => decide(query, known.facts, current, now))
}
