import { unavailable } from '../../kernel/errors.ts'
import { beginCheck, openCheckOf } from './begin-check.ts'
import type { Call } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import { endQuestion } from './leave-check.ts'
import { chosenCaller, mustCheckOn } from './on-call.ts'
import { failCheck, passCheck } from './pass-check.ts'

const checksOf = ({ checks }: CallParts): NonNullable<CallParts['checks']> => {
  if (checks === undefined) {
    throw unavailable('own-device-unavailable', 'This house asks nobody on their own device.', 3600)
  }
  return checks
}

/**
 * Asks the customer on their own device, with words that the agent reads aloud and both screens show: the call's reference.
 * The ladder offers it to whoever could answer; asked all the same, the question is just never answered (R50).
 */
export async function askOwnDevice(
  parts: CallParts,
  command: OnCall,
): Promise<{ readonly bindingMessage: string; readonly expiresAt: Date }> {
  const checks = checksOf(parts)
  const chosen = await chosenCaller(parts, command, 'checks')
  const { call, subjectId } = chosen
  mustCheckOn(call)
  const bindingMessage = call.reference
  // Before the new question: a person has one at a time, and the second would be held back.
  await endQuestion(parts, call)
  const { ref, expiresAt } = await checks.ask({
    subjectId,
    agentId: call.agentId,
    touchpointId: call.touchpoint,
    bindingMessage,
    language: call.language,
  })
  await beginCheck(
    parts,
    command,
    chosen,
    { kind: 'own-device', contactPoint: undefined, ref },
    {
      action: 'call.own-device-asked',
      by: 'own-device',
      message: { kind: 'own-device', by: 'own-device' },
    },
  )
  return { bindingMessage, expiresAt }
}

export interface DeviceAnswer {
  readonly answer: 'pending' | 'verified' | 'declined' | 'reported' | 'expired' | 'none'
  readonly call: Call
}

/** What the customer answered. An approval is redeemed here, once, and must be of the person who was chosen. */
export async function ownDeviceAnswer(parts: CallParts, command: OnCall): Promise<DeviceAnswer> {
  const checks = checksOf(parts)
  const chosen = await chosenCaller(parts, command, 'checks')
  const { call, subjectId } = chosen
  if (call.assurance === 'own-device') return { answer: 'verified', call }
  const check = await openCheckOf(parts, chosen, 'own-device')
  if (check?.ref === undefined) return { answer: 'none', call }
  const state = await checks.state(check.ref, call.agentId)
  switch (state) {
    case 'pending':
      return { answer: state, call }
    case 'declined':
    case 'reported':
      return { answer: state, call: await failCheck(parts, command, chosen, check, state) }
    case 'expired':
      return { answer: state, call }
    case 'approved': {
      const approved = await checks.redeem(check.ref, call.agentId)
      if (approved?.subjectId !== subjectId) return { answer: 'expired', call }
      return {
        answer: 'verified',
        call: await passCheck(parts, command, chosen, check, 'own-device'),
      }
    }
  }
}
