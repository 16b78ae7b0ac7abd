import type { ClientCache } from '../client-cache.ts'
import { agentReference } from './agent.ts'
import { type AlarmParts, alarmOfHeldBack } from './call-alarms.ts'
import { callRecord } from './call-record.ts'
import type { NewCall } from './call-store.ts'
import type { CibaDeps } from './ciba-deps.ts'

/** Where the page of a request is. The link is all that is needed to find it, and nothing without its customer's passkey. */
const callApprovalPath = (link: string): string => `/call-approval/${link}`

/**
 * Tells the person, unless they must not be told: then the request waits for its end and its client learns nothing (R52). It
 * is noted before it is sent, so a message that fails is not repeated; the agent asks again.
 */
export async function promptPerson(
  parts: AlarmParts & {
    readonly ciba: Pick<CibaDeps, 'wayTo'>
    readonly clients: Pick<ClientCache, 'metadata'>
  },
  call: Pick<NewCall, 'codeHash' | 'clientId' | 'subjectId' | 'agentId' | 'touchpointId'>,
  about: { readonly link: string; readonly bindingMessage: string; readonly expiresAt: Date },
): Promise<void> {
  const send = await parts.ciba.wayTo(call.subjectId)
  const at = parts.clock.now()
  const claimed = await parts.ciba.work(async ({ calls, audit }) => {
    const mine = send !== undefined && (await calls.claimPrompt(call.codeHash, call.subjectId, at))
    await audit.record(callRecord.sent(call, mine, at))
    return mine
  })
  if (send === undefined) return
  if (!claimed) return alarmOfHeldBack(parts, call)
  await send({
    path: callApprovalPath(about.link),
    agentReference: agentReference(call.agentId),
    clientName: String(parts.clients.metadata(call.clientId)?.['client_name'] ?? call.clientId),
    bindingMessage: about.bindingMessage,
    expiresAt: about.expiresAt,
  })
}
