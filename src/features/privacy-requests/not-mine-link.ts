import { parseId, type SubjectId } from '../../kernel/ids.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { RequestId } from './request.ts'

export interface NotMineLink {
  readonly subjectId: SubjectId
  readonly requestId: RequestId
}

const use = 'privacy request not mine'

/** As long as an answer may take at the most, extended; after it there is nothing left to stop. */
const lastsMs = 100 * 86_400_000

/** Sealed, so that it names nobody, cannot be made up, and is good for nothing but ending this one request. */
export const sealNotMineLink = (
  tokens: SealedTokens,
  { subjectId, requestId }: NotMineLink,
  openedAt: Date,
): string => tokens.sealToken(use, [subjectId, requestId], new Date(openedAt.getTime() + lastsMs))

/** Undefined for anything that was not sealed here for this, or is too old. */
export function openNotMineLink(tokens: SealedTokens, text: string, now: Date): NotMineLink | undefined {
  const said = tokens.openToken(use, text, now)
  if (!Array.isArray(said)) return undefined
  const subjectId = parseId<'subject'>(said[0])
  const requestId = parseId<'privacy-request'>(said[1])
  return subjectId === undefined || requestId === undefined ? undefined : { subjectId, requestId }
}
