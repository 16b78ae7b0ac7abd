import type { SubjectId } from '../../kernel/ids.ts'
import type { Facts } from './facts.ts'

/** A person as the decision knows them, with the epoch of their ledger that these facts are of. */
export interface KnownSubject {
  readonly facts: Facts
  /** Grows by one with every recorded fact; a writer that read an older one starts again. */
  readonly epoch: number
  readonly language: string
  /** When the account began. */
  readonly since: Date
}

/**
 * Port. Promises: one read from the primary; facts, epoch and life-cycle are of one moment; undefined when there is no
 * such subject. A person whose key was destroyed is read without what was sealed.
 */
export interface FactsReader {
  find(subjectId: SubjectId): Promise<KnownSubject | undefined>
}
