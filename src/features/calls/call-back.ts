import { invalid, refused } from '../../kernel/errors.ts'
import { beginCheck, openCheckOf } from './begin-check.ts'
import type { Call } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { CallCheck } from './call-store.ts'
import type { MaskedContact } from './masked-candidate.ts'
import { chosenCaller, mustCheckOn } from './on-call.ts'
import { failCheck, passCheck, tellOfCallBack } from './pass-check.ts'
import { contactNamed, registeredContacts } from './registered-contacts.ts'

/**
 * The agent will ring the number the house has registered, never one that the caller gives now. It is handed out to be rung,
 * because no telephony system of ours dials by itself: once for each plan, in the person's own activity, and counted as the
 * look-up it is, or an address would be a way to a number. Restricted data are handed to nobody (GDPR Art. 18). Throws
 * `tooMany('call-look-up-agent')`.
 */
export async function planCallBack(
  parts: CallParts,
  command: OnCall & { readonly contact: string },
): Promise<{ readonly to: MaskedContact; readonly dial: string | undefined }> {
  const chosen = await chosenCaller(parts, command, 'checks')
  mustCheckOn(chosen.call)
  if (chosen.blocked.includes('fields')) {
    throw refused('caller-blocked', 'This account is in a state in which its number is given to nobody.')
  }
  const { shown, identifierId, address } = await contactNamed(
    parts,
    chosen.call,
    chosen.subjectId,
    (one) => one.shown.key === command.contact && one.address.kind === 'phone',
  )
  const open = await parts.calls.openCheck(chosen.call.id)
  if (open?.kind === 'call-back' && open.contactPoint === identifierId) return { to: shown, dial: undefined }
  await parts.limiter.consume(chosen.call.agentId, 'call-look-up-agent')
  await beginCheck(
    parts,
    command,
    chosen,
    { kind: 'call-back', contactPoint: identifierId, ref: undefined },
    { action: 'call.call-back-planned', by: shown.masked, handedOut: true },
  )
  return { to: shown, dial: address.kind === 'phone' ? address.number : undefined }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(Buffer.from(b))

/**
 * The second call as the telephony system told of it: one that went out, after this check began. A call that the agent opened
 * says what the agent says, and one that came in says what the caller's line says, which is forged.
 */
async function toldByTheLine(
  parts: CallParts,
  call: Call,
  check: CallCheck,
  secondCall: string,
): Promise<{ readonly call: Call; readonly rung: Uint8Array } | undefined> {
  const second = await parts.calls.findExternal(call.agentId, secondCall)
  if (second?.clientId === undefined || !second.outgoing || second.openedAt < check.startedAt)
    return undefined
  const rung = await parts.calls.callerIndex(second.id)
  return rung && { call: second, rung }
}

/**
 * The agent says that the registered number answered, in which second call. It verifies where the telephony system announced
 * that call, to that number, and once. Else it is written down as what the agent said, and nobody is verified by it. Whoever
 * picks up holds that telephone, and that is all it proves.
 */
export async function confirmCallBack(
  parts: CallParts,
  command: OnCall & { readonly secondCall: string; readonly reached: boolean },
): Promise<Call> {
  const chosen = await chosenCaller(parts, command, 'checks')
  const { call, subjectId } = chosen
  const check = await openCheckOf(parts, chosen, 'call-back')
  const contact = (await registeredContacts(parts, call, subjectId)).find(
    ({ identifierId }) => identifierId === check?.contactPoint,
  )
  if (check === undefined || contact === undefined) {
    throw invalid('call-back-not-planned', 'Choose the registered number to ring first.')
  }
  if (!command.reached) return failCheck(parts, command, chosen, check, 'not-reached')
  const secondCall = command.secondCall.trim()
  if (secondCall === '' || secondCall === call.reference || secondCall === call.externalCall) {
    throw invalid('second-call-missing', 'Give the reference of the call in which the number answered.', [
      { field: 'secondCall', code: 'second-call.missing' },
    ])
  }
  const facts = { number: contact.shown.masked, secondCall }
  const told = await toldByTheLine(parts, call, check, secondCall)
  if (told === undefined) return tellOfCallBack(parts, command, chosen, check, facts)
  if (!sameBytes(told.rung, contact.index)) {
    return failCheck(parts, command, chosen, check, 'number-differs')
  }
  return passCheck(parts, command, chosen, check, 'call-back', facts, told.call.id)
}
