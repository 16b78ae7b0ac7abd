import type { SubjectId } from '../../../kernel/ids.ts'

/**
 * Port. Promises: only people for whom the answer can matter, so that nobody's address is sent anywhere without need: they
 * bought something with a way out offered, under a law that asks for lists, and some list was not asked lately about an
 * address or number of theirs.
 */
export interface DueChecks {
  find(
    question: {
      readonly jurisdictions: readonly string[]
      readonly lists: readonly string[]
      readonly checkedBefore: Date
    },
    most: number,
  ): Promise<readonly SubjectId[]>
}
