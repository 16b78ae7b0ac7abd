import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import type { LegalBasis } from '../purpose.ts'
import type { PermissionSweep, StoredKey } from './permission-store.ts'

/** Somebody who may be contacted, at which contact point, with which of their data, and on what ground. */
export interface Contactable {
  readonly subjectId: SubjectId
  readonly contactPoint: string | undefined
  readonly attributes: readonly string[]
  readonly basis: LegalBasis
  readonly validUntil: Date | undefined
  readonly evidenceEvent: string | undefined
}

export interface ContactQuestion {
  readonly controller: string
  readonly brand: string
  readonly purpose: string
  readonly contactChannel: ContactChannel
  /** Product category of the campaign; without one, nobody is reached on what they bought. */
  readonly campaignCategory: string | undefined
  /** Of the registry the reader knows; an answer of another state of it is no answer. */
  readonly mark: string
  readonly at: Date
  readonly after: SubjectId | undefined
  readonly limit: number
}

/**
 * Port. Promises: reads the primary. `contactable` is one select on an index, in the order of ids, and gives only answers
 * that the one decision would give at `at`: decided under this mark, not run out, of a person whose account is active,
 * whose date of birth was not corrected since, at the contact point that is in use now; of several accounts of one person
 * who would be reached by each only the oldest. `ranOut` finds by index.
 */
export interface PermissionReads {
  contactable(question: ContactQuestion): Promise<readonly Contactable[]>
  ranOut(at: Date, limit: number): Promise<readonly SubjectId[]>
  sweeps(): Promise<readonly PermissionSweep[]>
  /** People after `sweep.reached` of whom nothing was decided for the purpose since the sweep began, by id. */
  notYetSwept(sweep: PermissionSweep, limit: number): Promise<readonly SubjectId[]>
  /** The last id among people whose account began before; whoever comes later cannot come before it. */
  lastSettled(before: Date): Promise<SubjectId | undefined>
  keysOf(subjectId: SubjectId): Promise<readonly StoredKey[]>
}
