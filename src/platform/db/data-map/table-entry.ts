import type { Classification } from '../../../kernel/classification.ts'

/** What the house knows of one table: whose it is, what its columns hold, how long, and what erasure does to it. */
export interface TableEntry {
  readonly room: string
  /** What the application's role may do: `append` has no update and no delete, `advance` (counters) no delete. */
  readonly application: 'append' | 'advance' | 'change' | 'read'
  /** Holds rows of a subject, with `subject_id` first in the primary key. */
  readonly ofSubject: boolean
  readonly retention: string
  readonly onErasure: 'delete' | 'keep' | 'not personal'
  readonly columns: Readonly<Record<string, Classification>>
}
