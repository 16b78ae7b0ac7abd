import type { IdentifierId, SubjectId } from '../../../kernel/ids.ts'
import type { ConsentEvent } from '../consent-event.ts'
import type { Newcomer } from './newcomer.ts'

export interface RehearsedIdentifier {
  readonly identifierId: IdentifierId
  readonly newcomer: Newcomer
}

/**
 * Port for what earlier rows of a dry run would have written. Promises: later rows are judged as if it had been; it is
 * kept outside of this process's memory, read by nobody else, and gone when the run ends.
 */
export interface Rehearsal {
  /** By blind index, in hex. */
  find(indexes: readonly string[]): Promise<ReadonlyMap<string, RehearsedIdentifier>>
  eventsOf(subjectIds: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, readonly ConsentEvent[]>>
  remember(told: {
    readonly newcomers: readonly Newcomer[]
    readonly events: readonly { readonly subjectId: SubjectId; readonly event: ConsentEvent }[]
  }): Promise<void>
  close(): Promise<void>
}
