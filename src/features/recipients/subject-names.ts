import type { SubjectId } from '../../kernel/ids.ts'

/** A person's name within one sector of clients. */
export interface GivenName {
  readonly sector: string
  readonly sub: string
  readonly subjectId: SubjectId
}

/**
 * Port: who is meant by the name a client knows. Promises: a name is found from the moment `keep` has resolved; keeping one
 * that is known changes nothing; a name says nothing about the names of other sectors.
 */
export interface SubjectNames {
  keep(names: readonly GivenName[], at: Date): Promise<void>
  /** Only those that were ever given out. */
  find(sector: string, subs: readonly string[]): Promise<ReadonlyMap<string, SubjectId>>
}
