import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { ReadSubject } from '../pg-facts.ts'

/** Whose identifier it is. */
export interface FoundIdentifier {
  readonly subjectId: SubjectId
  readonly identifierId: IdentifierId
}

/** Attributes of every version of a purpose that was ever published, by number. */
export type PurposeHistory = ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>

/**
 * Port for what an import must know of the house. Promises: each question is one read from the primary, however many
 * people it asks about; facts and epoch of one person are of one moment.
 */
export interface ImportPeople {
  /** By blind index, in hex; those nobody has are left out. */
  find(indexes: readonly Uint8Array[]): Promise<ReadonlyMap<string, FoundIdentifier>>
  known(subjectIds: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, ReadSubject>>
  purposeHistory(): Promise<PurposeHistory>
}

export const hexOf = (index: Uint8Array): string => Buffer.from(index).toString('hex')
