import { unavailable } from '../../kernel/errors.ts'
import type { CallParts, OnCall, RequestRight } from './call-ports.ts'
import { callEntry, chosenCaller, placeOf } from './on-call.ts'

/** What each rung of the ladder is worth to whoever answers the request. */
const identities = {
  none: 'none',
  'number-match': 'none',
  code: 'contact-point',
  'call-back': 'contact-point',
  'own-device': 'signed-in-strongly',
} as const

/**
 * Opens a request for the caller, who has every right to make it by telephone (GDPR Art. 12(2)). It needs no verification
 * here: who they are is looked at before anything is answered, and the clock runs from now.
 */
export async function openRequestFor(
  parts: CallParts,
  command: OnCall & {
    readonly right: RequestRight
    readonly words?: string
    readonly idempotencyKey: string
  },
): Promise<{ readonly id: string; readonly reference: string; readonly due: string }> {
  const { openRequest } = parts
  if (openRequest === undefined) {
    throw unavailable('call-requests-unavailable', 'This house takes no requests on the telephone.', 3600)
  }
  const { call, subjectId } = await chosenCaller(parts, command, 'requests')
  const at = parts.clock.now()
  const opened = await openRequest({
    subjectId,
    right: command.right,
    ...(command.words === undefined ? {} : { words: command.words }),
    actor: command.actor,
    evidence: placeOf(call, command.evidence),
    receivedAt: at,
    idempotencyKey: `call ${call.id} ${command.idempotencyKey}`,
    identity: identities[call.assurance],
    particulars: { call: call.reference },
  })
  await parts.work(({ audit }) =>
    audit.record(
      callEntry('call.request-opened', command, call, at, {
        subjectId,
        facts: { right: command.right, request: opened.reference, assurance: call.assurance },
      }),
    ),
  )
  return opened
}
