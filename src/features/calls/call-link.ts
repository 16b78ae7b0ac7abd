import { parseId, type SubjectId } from '../../kernel/ids.ts'
import type { SealedTokens } from '../../platform/crypto/index.ts'
import type { CallActId } from './call-act.ts'

export interface CallLink {
  readonly subjectId: SubjectId
  readonly actId: CallActId
}

const use = 'told in a call'

/** Both ids in one short text, because the same link also goes into text messages. */
export const sealCallLink = (tokens: SealedTokens, { subjectId, actId }: CallLink, expiresAt: Date): string =>
  tokens.sealToken(use, `${subjectId} ${actId}`, expiresAt)

/** Undefined for anything forged, expired or made for another use: one answer for all of them. */
export function openCallLink(tokens: SealedTokens, text: string, now: Date): CallLink | undefined {
  const said = tokens.openToken(use, text, now)
  if (typeof said !== 'string') return undefined
  const [subject, act] = said.split(' ')
  const subjectId = parseId<'subject'>(subject)
  const actId = parseId<'call-act'>(act)
  return subjectId === undefined || actId === undefined ? undefined : { subjectId, actId }
}
