import type { SubjectId } from '../../../kernel/ids.ts'
import type { KnownSubject } from '../facts-reader.ts'
import type { StoredKey } from '../permissions/permission-store.ts'
import type { FactsParts } from '../pg-facts.ts'

/** Why accounts are decided again when a link between them begins or ends. */
export const subjectsMerged = 'consent.subjects-merged'
export const subjectsUnmerged = 'consent.subjects-unmerged'

/** An account of which something decided before is no longer true: by a fact, by one about another account, or by a link. */
export interface OutdatedAccount {
  readonly subjectId: SubjectId
  /** The kind of fact, as the audit trail names it. */
  readonly because: string
}

/** An account as the unit sees it, the person's others beside it, and which answers are kept for it. */
export interface AccountNow {
  readonly known: KnownSubject
  readonly before: readonly StoredKey[]
}

/**
 * Port. Promises: `outdate` moves the epochs of accounts that the caller holds, and their kept answers run out; `read` sees
 * what the unit itself wrote; whoever is outdated by any store of the unit is told once by `takeOutdated`, in the order of
 * their ids. What is sealed opens with what the caller brings, since a store has no keys.
 */
export interface PersonStore {
  outdate(subjects: readonly SubjectId[], at: Date, because: string): Promise<void>
  takeOutdated(): readonly OutdatedAccount[]
  read(subjects: readonly SubjectId[], opening: FactsParts): Promise<ReadonlyMap<SubjectId, AccountNow>>
}

export interface PersonStores {
  readonly persons: PersonStore
}
