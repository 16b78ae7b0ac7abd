import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import type { Selection } from './selection.ts'

/** A yes that may be among those a finding is about; its sealed evidence says whether it is. */
export interface FoundYes {
  readonly subjectId: SubjectId
  readonly eventId: ConsentEventId
  readonly sealedEvidence: Uint8Array
}

/**
 * Port. Promises: people in the order of their ids and of each all their yeses that the selection could mean, in pages of at
 * least one person; a page tells after whom to go on, and the last one nobody. Nothing is held between pages, so a batch of
 * any size is read in bounded memory.
 */
export interface FoundYeses {
  page(
    selection: Selection,
    after: SubjectId | undefined,
  ): Promise<{ readonly yeses: readonly FoundYes[]; readonly next: SubjectId | undefined }>
}
