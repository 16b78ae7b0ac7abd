import type { Actor } from '../../kernel/actor.ts'
import type { SubjectId } from '../../kernel/ids.ts'
import type { Call } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { CallerOutline, CallView } from './call-views.ts'
import { blockedFor, callerStanding } from './caller-standing.ts'
import { masked, maskedName } from './find-candidates.ts'
import { agentOf, ownCall } from './on-call.ts'
import { registeredContacts } from './registered-contacts.ts'
import { liveSince, stateNow } from './verification-rules.ts'

/** The call as its agent sees it. Everything of a person is masked here; showing it again is no new look-up. */
export async function readCall(parts: CallParts, onCall: OnCall): Promise<CallView> {
  const call = await ownCall(parts, onCall)
  const candidates = await masked(parts, await parts.calls.candidates(call.id))
  if (call.subjectId === undefined) return { call, candidates }
  return { call, candidates, caller: await outlineOf(parts, call, call.subjectId) }
}

async function outlineOf(parts: CallParts, call: Call, subjectId: SubjectId): Promise<CallerOutline> {
  const [subject, known, contacts, name, passkeys] = await Promise.all([
    parts.reads.subjects.find(subjectId),
    parts.facts.find(subjectId),
    registeredContacts(parts, call, subjectId),
    maskedName(parts, subjectId),
    parts.reads.passkeys.list(subjectId),
  ])
  const standing = callerStanding(
    subject?.state,
    known,
    parts.house,
    parts.registry.current(),
    parts.clock.now(),
  )
  const blocked = blockedFor(standing)
  return {
    name,
    contacts: blocked.includes('checks') ? [] : contacts.map(({ shown }) => shown),
    // The answer is given with a passkey: without one nothing would arrive. Why a rung is missing is not said.
    ownDevice: parts.checks !== undefined && passkeys.length > 0 && !blocked.includes('checks'),
    standing,
    blocked,
  }
}

/** The agent's calls that are open, and the dropped ones they can still take up again; newest first. */
export async function callsOf(
  parts: Pick<CallParts, 'calls' | 'clock'>,
  actor: Actor,
): Promise<readonly Call[]> {
  const now = parts.clock.now()
  const live = await parts.calls.live(liveSince(now), agentOf({ actor }))
  return live.filter((call) => stateNow(call, now) !== 'ended')
}
