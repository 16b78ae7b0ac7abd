import type { ReceiptId, SubjectId } from '../../../kernel/ids.ts'
import { type ReceiptProofParts, receiptWithProof } from '../ledger/receipt-with-proof.ts'
import type { GuardianLink } from './guardian-link.ts'
import { sealGuardianYesLink } from './guardian-yes-link.ts'
import { openInvitation, type VerifyParts, verifiedAddress } from './verify-guardian.ts'

/**
 * Sends a guardian what proves their answer, and the way out of it, to the mailbox they were verified by: they have no account
 * to find either in.
 */
export async function sendGuardianReceipt(
  parts: VerifyParts,
  proofs: ReceiptProofParts,
  command: {
    readonly link: GuardianLink
    readonly guardianId: SubjectId
    readonly receiptId: ReceiptId
    readonly language: string
    readonly answers: readonly { readonly purpose: string; readonly answer: 'yes' | 'no' }[]
  },
): Promise<void> {
  const { link, guardianId, receiptId, language, answers } = command
  const { subjectId, invitationId } = link
  const address = await verifiedAddress(parts, await openInvitation(parts, link))
  const found = await receiptWithProof(proofs, { subjectId, receiptId })
  if (found === undefined) return
  const at = parts.clock.now()
  const sent = await parts.messages.guardianReceipt(address, {
    language,
    answers,
    token: sealGuardianYesLink(parts.tokens, { subjectId, guardianId, receiptId }, at),
    receipt: { name: `placet-receipt-${receiptId}.json`, content: JSON.stringify(found.file, null, 2) },
  })
  await parts.guardianWork(async ({ audit }) => {
    await audit.record({
      action: 'consent.guardian-receipt-sent',
      actor: { kind: 'system', name: 'guardians' },
      at,
      subjectId,
      facts: { guardianId, invitationId, receiptId, message: sent.messageId, template: sent.templateHash },
    })
  })
}
