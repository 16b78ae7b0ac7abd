import { conflict, gone, invalid, refused } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { SubjectId } from '../../../kernel/ids.ts'
import {
  type EmailAddress,
  emailIndex,
  type IdentityArtefacts,
  issueCode,
  parseEmailAddress,
  redeemCode,
} from '../../identity/index.ts'
import type { GuardianLink } from './guardian-link.ts'
import { type GuardianInvitation, guardianshipPlace, invitationPlace } from './guardian-store.ts'
import type { GuardianParts } from './invite-guardian.ts'
import { isKnownMinor, packOf } from './waiting-for-guardian.ts'

export interface VerifyParts extends GuardianParts {
  readonly codes: IdentityArtefacts['codes']
  readonly codeKey: Uint8Array
}

/** The invitation a link belongs to, while it can be answered and the child is one. */
export async function openInvitation(parts: GuardianParts, link: GuardianLink): Promise<GuardianInvitation> {
  const { subjectId, invitationId } = link
  const invitation = await parts.guardians.invitation(subjectId, invitationId)
  const known = await parts.facts.find(subjectId)
  const now = parts.clock.now()
  const open =
    invitation !== undefined &&
    invitation.expiresAt > now &&
    known?.facts.subject.state === 'active' &&
    isKnownMinor(known.facts, parts.registry.current(), now.getTime())
  if (!open) throw gone('invitation-over', 'This invitation is over.')
  return invitation
}

/** The mailbox that was invited, and that a code was read in. */
export async function verifiedAddress(
  parts: GuardianParts,
  invitation: GuardianInvitation,
): Promise<EmailAddress> {
  const { subjectId, invitationId, sealedAddress } = invitation
  const text = await parts.sealer.openText(subjectId, invitationPlace(invitationId), sealedAddress)
  const address = parseEmailAddress(text)
  if (address === undefined) throw gone('invitation-over', 'This invitation is over.')
  return address
}

const codeOf = (parts: GuardianParts, link: GuardianLink, address: EmailAddress) => ({
  purpose: 'verify-address' as const,
  recipientIndex: emailIndex(parts.blindIndex, address),
  // Bound to this invitation: a code for anything else, or for another child, is wrong here.
  transaction: `guardian ${link.invitationId}`,
})

/** Sends a code to the address that was invited, for whoever reads it now. */
export async function sendGuardianCode(
  parts: VerifyParts,
  command: { readonly link: GuardianLink; readonly language: string; readonly network: string },
): Promise<void> {
  const invitation = await openInvitation(parts, command.link)
  const address = await verifiedAddress(parts, invitation)
  const { code } = await issueCode(parts, {
    ...codeOf(parts, command.link, address),
    network: command.network,
  })
  await parts.messages.guardianCode(address, { language: command.language, code })
}

export interface VerifyGuardian {
  readonly link: GuardianLink
  readonly evidence: Evidence
  readonly code: string
  /** Guesses at the code are counted by it. */
  readonly network: string
  readonly name: string
  /** The exact words of parental responsibility the guardian put their name to. */
  readonly statement: string
}

/**
 * Verifies a guardian (GDPR Art. 8(2), reasonable efforts): whoever reads the invited mailbox now, gives their name and
 * states in these very words that they hold parental responsibility. Where the child's pack asks for more than that, it is
 * refused. What they showed is sealed with the child's key. Verified twice, they are the same guardian.
 */
export async function verifyGuardian(
  parts: VerifyParts,
  command: VerifyGuardian,
): Promise<{ readonly guardianId: SubjectId }> {
  const { link, evidence, name, statement } = command
  const { subjectId, invitationId } = link
  const invitation = await openInvitation(parts, link)
  const known = await parts.facts.find(subjectId)
  const at = parts.clock.now()
  const grade = 'mailbox'
  if (
    known === undefined ||
    packOf(known.facts, parts.registry.current(), at.getTime()).guardianGrade === 'strong'
  ) {
    throw refused('guardian-proof-too-weak', 'Here the law asks for a proof of identity.')
  }
  const address = await verifiedAddress(parts, invitation)
  const redeemed = await redeemCode(parts, {
    ...codeOf(parts, link, address),
    typed: command.code,
    network: command.network,
  })
  if (redeemed !== 'right') {
    const code = redeemed === 'wrong' ? 'code-wrong' : 'code-expired'
    throw invalid(code, 'The code is not right.', [{ field: 'code', code }])
  }
  const before = await parts.guardians.byInvitation(subjectId, invitationId)
  if (before !== undefined) return { guardianId: before.guardianId }
  const guardianId = parts.entropy.id<'subject'>()
  const sealedEvidence = await parts.sealer.sealText(
    subjectId,
    guardianshipPlace(guardianId),
    JSON.stringify({ address, name, statement, grade, at: at.toISOString(), evidence }),
  )
  await parts.guardianWork(async ({ guardians, audit }) => {
    const guardianship = {
      subjectId,
      guardianId,
      invitationId,
      grade,
      sealedEvidence,
      verifiedAt: at,
    } as const
    if (!(await guardians.verify(guardianship))) {
      throw conflict('guardian-known', 'This invitation was answered a moment ago.')
    }
    await audit.record({
      action: 'consent.guardian-verified',
      actor: { kind: 'guardian', guardianId, assurance: 'code' },
      at,
      subjectId,
      evidence,
      facts: { guardianId, invitationId, grade },
    })
  })
  return { guardianId }
}

/** What `recordChoices` asks before a guardian's yes counts. */
export const isGuardianOf =
  (parts: Pick<GuardianParts, 'guardians'>) =>
  async (guardianId: SubjectId, subjectId: SubjectId): Promise<boolean> =>
    (await parts.guardians.guardianOf(subjectId, guardianId)) !== undefined
