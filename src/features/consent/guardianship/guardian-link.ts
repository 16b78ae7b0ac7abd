import { parseId, type SubjectId } from '../../../kernel/ids.ts'
import type { SealedTokens } from '../../../platform/crypto/index.ts'
import type { InvitationId } from './guardian-store.ts'

const use = 'guardian invitation'

export interface GuardianLink {
  readonly subjectId: SubjectId
  readonly invitationId: InvitationId
}

export const sealGuardianLink = (
  tokens: SealedTokens,
  { subjectId, invitationId }: GuardianLink,
  expiresAt: Date,
): string => tokens.sealToken(use, `${subjectId} ${invitationId}`, expiresAt)

/** Undefined for anything forged, expired or made for another use. */
export function openGuardianLink(tokens: SealedTokens, text: string, now: Date): GuardianLink | undefined {
  const said = tokens.openToken(use, text, now)
  if (typeof said !== 'string') return undefined
  const [subject, invitation] = said.split(' ')
  const subjectId = parseId<'subject'>(subject)
  const invitationId = parseId<'guardian-invitation'>(invitation)
  return subjectId === undefined || invitationId === undefined ? undefined : { subjectId, invitationId }
}
