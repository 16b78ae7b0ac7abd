import type { ContactChannel } from '../../../kernel/evidence.ts'

/** What a list says of one contact point. */
export interface ExclusionAnswer {
  /** Whether it is listed for the operator's line of business. */
  readonly listed: boolean
  /** When the listing binds; it is known earlier. */
  readonly effectiveFrom?: Date
  /** Since when the person takes back, through the list, what they agreed to with this very company. */
  readonly companyRevocation?: Date
}

/**
 * Whether a listing that may be limited to lines of business is meant for this company. People choose them in the list's own
 * words (Stop Publicidad), so ours are told in the same. One without any is for all; and where ours are not told, any is.
 */
export const isMeantForUs = (chosen: readonly string[], ours: readonly string[] | undefined): boolean =>
  chosen.length === 0 || ours === undefined || ours.length === 0 || chosen.some((one) => ours.includes(one))

/**
 * Port: one public exclusion list (LOPDGDD art. 23). Promises: answers come in the order of the contact points; these never
 * leave in clear, but transformed as the list's operator specifies. What is not known is never "not listed": undefined for a
 * contact point of which the list told nothing that is understood; rejected with `exclusion-list-refused` when it does not
 * take the question, and otherwise when it cannot be asked at all.
 */
export interface ExclusionList {
  /** As rule packs name it: `robinson`, `stop_publicidad`. */
  readonly name: string
  readonly contactChannels: readonly ContactChannel[]
  /** Most contact points in one question. */
  readonly most: number
  /** First instant at which it may be asked. Until then it is one that was never asked. */
  readonly from?: Date
  check(
    contactPoints: readonly string[],
    contactChannel: ContactChannel,
  ): Promise<readonly (ExclusionAnswer | undefined)[]>
}
