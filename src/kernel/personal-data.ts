import type { SubjectId } from './ids.ts'

/** Contract of every room that holds personal data; export and erasure walk these (GDPR Art. 15, 17, 20). */
export interface PersonalDataHolder {
  /** Name of the room, as in the data map. */
  readonly room: string
  /** Everything this room holds about the subject, readable, grouped by table. */
  exportData(subjectId: SubjectId): Promise<Readonly<Record<string, readonly object[]>>>
}
