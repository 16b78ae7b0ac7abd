import type { ContactChannel } from '../../../kernel/evidence.ts'

/** What a list says of one contact point. */
export interface ExclusionAnswer {
  readonly listed: boolean
  /** Lines of business it is listed for; empty means all. */
  readonly sectors: readonly string[]
  /** When the listing binds; it is known earlier. */
  readonly effectiveFrom?: Date
  /** Since when the person takes back, through the list, what they agreed to with this very company. */
  readonly companyRevocation?: Date
}

/**
 * Port: one public exclusion list (LOPDGDD art. 23). Promises: answers come in the order of the contact points; these never
 * leave in clear, but transformed as the list's operator specifies; a list that cannot be asked rejects, and then nothing is
 * known, which is not the same as not listed.
 */
export interface ExclusionList {
  /** As rule packs name it: `robinson`, `stop_publicidad`. */
  readonly name: string
  readonly contactChannels: readonly ContactChannel[]
  /** Most contact points in one question. */
  readonly most: number
  /** First instant at which it may be asked. Until then it is one that was never asked. */
  readonly from?: Date
  check(contactPoints: readonly string[], contactChannel: ContactChannel): Promise<readonly ExclusionAnswer[]>
}
