import { invalid, refused } from '../../kernel/errors.ts'
import { issueCode } from '../identity/index.ts'
import { beginCheck } from './begin-check.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { MaskedContact } from './masked-candidate.ts'
import { chosenCaller, mustCheckOn } from './on-call.ts'
import { contactNamed } from './registered-contacts.ts'

/** What binds a code to one call: in any other it is wrong. */
export const codeTransaction = (callId: string): string => `call ${callId}`

/** Whose sends and guesses are counted: the agent's, as a network's are elsewhere. */
export const codeCaller = (agentId: string): string => `staff ${agentId}`

/**
 * Sends a code to a contact point that was registered and verified before this call. The agent chooses it among masked ones
 * and never sees the code: the caller reads it out. Kept as an HMAC, good for one call, one use and five guesses (R67).
 */
export async function sendCallerCode(
  parts: CallParts,
  command: OnCall & { readonly contact: string },
): Promise<{ readonly to: MaskedContact; readonly expiresAt: Date }> {
  const chosen = await chosenCaller(parts, command, 'checks')
  const { call, subjectId } = chosen
  mustCheckOn(call)
  const contact = await contactNamed(parts, call, subjectId, ({ shown }) => shown.key === command.contact)
  if (!contact.shown.takesCode) {
    throw invalid('contact-point-takes-no-code', 'No code can be sent there. Ring the number instead.')
  }
  const { code, expiresAt } = await issueCode(parts, {
    purpose: 'agent-verification',
    recipientIndex: contact.index,
    transaction: codeTransaction(call.id),
    network: codeCaller(call.agentId),
  })
  const by = contact.shown.kind === 'email' ? 'email' : 'sms'
  await beginCheck(
    parts,
    command,
    chosen,
    { kind: 'code', contactPoint: contact.identifierId, ref: undefined },
    { action: 'call.code-sent', by, message: { kind: 'code', by } },
  )
  const after = await parts.calls.find(call.id)
  if (after === undefined) throw refused('checks-stopped', 'The call is gone.')
  mustCheckOn(after)
  await parts.messages.code(contact.address, {
    language: call.language,
    code,
    reference: call.reference,
  })
  return { to: contact.shown, expiresAt }
}
