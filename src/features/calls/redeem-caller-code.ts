import { redeemCode } from '../identity/index.ts'
import { openCheckOf } from './begin-check.ts'
import type { Call } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import { callEntry, chosenCaller } from './on-call.ts'
import { failCheck, passCheck } from './pass-check.ts'
import { registeredContacts } from './registered-contacts.ts'
import { codeCaller, codeTransaction } from './send-caller-code.ts'
import { maxFailedChecks } from './verification-rules.ts'

/** As many as the codes themselves allow (R67). */
const mostWrong = 5

export interface CodeAnswer {
  /** `spent`: no code is left to guess at; another may be sent. `stopped`: nor may one. */
  readonly outcome: 'verified' | 'wrong' | 'spent' | 'stopped'
  readonly call: Call
}

/**
 * Judges what the caller read out. The code is used up by being right, in one statement: of any number of parallel tries one
 * verifies. The contact point must still be the person's own, and the person is looked at again (R55).
 */
export async function redeemCallerCode(
  parts: CallParts,
  command: OnCall & { readonly typed: string },
): Promise<CodeAnswer> {
  const chosen = await chosenCaller(parts, command, 'checks')
  const { call, subjectId } = chosen
  const check = await openCheckOf(parts, chosen, 'code')
  const contacts = check === undefined ? [] : await registeredContacts(parts, call, subjectId)
  const contact = contacts.find(({ identifierId }) => identifierId === check?.contactPoint)
  if (check === undefined || contact === undefined) return { outcome: 'spent', call }
  const redemption = await redeemCode(parts, {
    purpose: 'agent-verification',
    recipientIndex: contact.index,
    transaction: codeTransaction(call.id),
    network: codeCaller(call.agentId),
    typed: command.typed,
  })
  if (redemption === 'spent') return { outcome: 'spent', call }
  if (redemption === 'right') {
    const verified = await passCheck(parts, command, chosen, check, 'code', { contact: contact.shown.kind })
    return { outcome: 'verified', call: verified }
  }
  const at = parts.clock.now()
  const wrong = await parts.work(async (tx) => {
    await tx.audit.record(callEntry('call.code-wrong', command, call, at, { subjectId }))
    return tx.calls.wrongAnswer(call.id, check.id)
  })
  if (wrong === undefined || wrong < mostWrong) return { outcome: 'wrong', call }
  const after = await failCheck(parts, command, chosen, check, 'wrong-code')
  return { outcome: after.failedChecks >= maxFailedChecks ? 'stopped' : 'spent', call: after }
}
