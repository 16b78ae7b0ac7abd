import type { SubjectId } from '../../../kernel/ids.ts'
import type { FactsReader, KnownSubject } from '../facts-reader.ts'
import type { ReadAccount } from './linked-accounts.ts'
import type { FactsInCluster } from './linked-profile.ts'

export interface KnownInCluster extends KnownSubject {
  readonly facts: FactsInCluster
}

/**
 * Port. Promises: each call is one read from the primary, so that what it tells of several accounts, and of the links
 * between them, is of one moment. `find` tells of one account with the person's others beside it; `accounts` tells of each
 * by itself, and leaves out whom there is not.
 */
export interface AccountReader extends FactsReader {
  find(subjectId: SubjectId): Promise<KnownInCluster | undefined>
  accounts(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, ReadAccount>>
}
