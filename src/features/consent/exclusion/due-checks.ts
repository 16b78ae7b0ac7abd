import type { ContactChannel } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'

/**
 * Port. Promises: only people for whom the answer can matter, so that nobody's address is sent anywhere without need: their
 * law asks for lists, some list was not asked lately about an address or number of theirs, and they bought something with a
 * way out offered, or agreed to advertising on a channel that lists know (the list may pass on that they took it back), or
 * advertising to them rests on legitimate interest. Those nobody asked about come first, then whoever was asked about longest
 * ago.
 */
export interface DueChecks {
  find(
    question: {
      readonly jurisdictions: readonly string[]
      readonly lists: readonly string[]
      readonly contactChannels: readonly ContactChannel[]
      readonly checkedBefore: Date
    },
    most: number,
  ): Promise<readonly SubjectId[]>
}
