import type { SubjectId } from '../../../kernel/ids.ts'
import { parseId } from '../../../kernel/ids.ts'
import type { SealedTokens } from '../../../platform/crypto/index.ts'
import type { ConfirmationId } from './confirmation-store.ts'

const purpose = 'confirm consent'

export interface ConfirmationLink {
  readonly subjectId: SubjectId
  readonly confirmationId: ConfirmationId
}

/** Both ids in one short text, because the same link also goes into text messages. */
export const sealConfirmationLink = (
  tokens: SealedTokens,
  { subjectId, confirmationId }: ConfirmationLink,
  expiresAt: Date,
): string => tokens.sealToken(purpose, `${subjectId} ${confirmationId}`, expiresAt)

/** Undefined for anything forged, expired or made for another use: one answer for all of them. */
export function openConfirmationLink(
  tokens: SealedTokens,
  text: string,
  now: Date,
): ConfirmationLink | undefined {
  const said = tokens.openToken(purpose, text, now)
  if (typeof said !== 'string') return undefined
  const [subject, confirmation] = said.split(' ')
  const subjectId = parseId<'subject'>(subject)
  const confirmationId = parseId<'confirmation'>(confirmation)
  return subjectId === undefined || confirmationId === undefined ? undefined : { subjectId, confirmationId }
}
