import type { SubjectId } from '../../../kernel/ids.ts'
import type { Facts } from '../facts.ts'
import type { KnownFact } from './what-was-known.ts'

/** Why something of a past day cannot be told any more. */
export type Lost =
  | { readonly why: 'erased' | 'key-destroyed' | 'linked-account-erased' }
  | { readonly why: 'evidence-erased' | 'not-dated-before'; readonly since: Date }

/** A person as they were known at a past instant. */
export interface PastSubject {
  readonly facts: Facts
  /** When the account, or what was known of a person without one, began; it may be later than the instant asked about. */
  readonly since: Date
  /** What of the facts cannot be told any more as of then, and why. */
  readonly lost: ReadonlyMap<KnownFact, Lost>
}

/**
 * Port. Promises: one read from the primary; every fact as it stood in our records at the instant, later ones left out;
 * undefined when there is no such subject. Nothing is made up: of somebody who was erased since, or whose evidence was, there
 * are no facts but that.
 */
export interface PastFacts {
  find(subjectId: SubjectId, asOf: Date): Promise<PastSubject | undefined>
}
