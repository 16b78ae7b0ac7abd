import { parseId, type ReceiptId, type SubjectId } from '../../../kernel/ids.ts'
import type { SealedTokens } from '../../../platform/crypto/index.ts'

/** What a guardian keeps of their yes: the proof of it, and the way out of it. */
export interface GuardianYesLink {
  readonly subjectId: SubjectId
  readonly guardianId: SubjectId
  readonly receiptId: ReceiptId
}

const use = 'guardian yes'

/** As long as any way out of a yes (see `withdrawal-link.ts`): the invitation ends after days, a yes does not. */
const lasts = 3 * 366 * 86_400_000

export const sealGuardianYesLink = (
  tokens: SealedTokens,
  { subjectId, guardianId, receiptId }: GuardianYesLink,
  now: Date,
): string => tokens.sealToken(use, [subjectId, guardianId, receiptId], new Date(now.getTime() + lasts))

/** Undefined for anything forged, too old or made for another use. */
export function openGuardianYesLink(
  tokens: SealedTokens,
  text: string,
  now: Date,
): GuardianYesLink | undefined {
  const said = tokens.openToken(use, text, now)
  if (!Array.isArray(said) || !said.every((part) => typeof part === 'string')) return undefined
  const subjectId = parseId<'subject'>(said[0])
  const guardianId = parseId<'subject'>(said[1])
  const receiptId = parseId<'receipt'>(said[2])
  if (subjectId === undefined || guardianId === undefined || receiptId === undefined) return undefined
  return { subjectId, guardianId, receiptId }
}
