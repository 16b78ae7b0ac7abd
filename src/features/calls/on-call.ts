import type { AuditEntry } from '../../kernel/audit-trail.ts'
import { conflict, gone, notFound, refused } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { StaffId, SubjectId } from '../../kernel/ids.ts'
import type { KnownSubject } from '../consent/index.ts'
import type { Call, CallAssurance } from './call.ts'
import type { CallParts, OnCall } from './call-ports.ts'
import type { BlockedAction } from './call-views.ts'
import { blockedFor, callerStanding } from './caller-standing.ts'
import { reasonText } from './given-reason.ts'
import { isVerified, maxFailedChecks, reaches, stateNow } from './verification-rules.ts'

/** Who acts, if it is an agent; nobody else has a call. */
export function agentOf({ actor }: Pick<OnCall, 'actor'>): StaffId {
  if (actor.kind !== 'staff') throw refused('not-staff', 'Only an agent may do this.')
  return actor.staffId
}

/** The agent's own call, open or dropped; another's is told apart from one that does not exist by nobody. */
export async function ownCall(parts: Pick<CallParts, 'calls' | 'clock'>, onCall: OnCall): Promise<Call> {
  const agentId = agentOf(onCall)
  const call = await parts.calls.find(onCall.callId)
  if (call === undefined || call.agentId !== agentId) throw notFound('call-unknown', 'You have no such call.')
  const state = stateNow(call, parts.clock.now())
  if (state === 'ended') throw gone('call-ended', 'This call is over.')
  return call
}

export async function openCallOf(parts: Pick<CallParts, 'calls' | 'clock'>, onCall: OnCall): Promise<Call> {
  const call = await ownCall(parts, onCall)
  if (call.state === 'dropped')
    throw conflict('call-dropped', 'The line was lost. Take the call up again first.')
  return call
}

export interface ChosenCaller {
  readonly call: Call
  readonly subjectId: SubjectId
  readonly known: KnownSubject
  readonly blocked: readonly BlockedAction[]
}

/**
 * The person who was chosen in this call, looked at anew at every use: a lock, an erasure or a restriction since the last
 * click counts at once (R55). `needs` names what is about to be done.
 */
export async function chosenCaller(
  parts: CallParts,
  onCall: OnCall,
  needs: BlockedAction,
): Promise<ChosenCaller> {
  const call = await openCallOf(parts, onCall)
  const { subjectId } = call
  if (subjectId === undefined) throw conflict('caller-not-chosen', 'Choose who is calling first.')
  const [subject, known] = await Promise.all([
    parts.reads.subjects.find(subjectId),
    parts.facts.find(subjectId),
  ])
  if (subject?.state !== 'active' || known === undefined) {
    throw refused('caller-not-active', 'Nothing can be done for this account on the telephone.')
  }
  const registry = parts.registry.current()
  const standing = callerStanding(subject.state, known, parts.house, registry, parts.clock.now())
  const blocked = blockedFor(standing)
  if (needs !== 'choices' && blocked.includes(needs)) {
    throw refused('caller-blocked', 'This account is in a state in which this is not done on the telephone.')
  }
  return { call, subjectId, known, blocked }
}

/** The same, of somebody who was verified well enough. */
export async function verifiedCaller(
  parts: CallParts,
  onCall: OnCall,
  needs: BlockedAction,
  atLeast: CallAssurance = 'code',
): Promise<ChosenCaller> {
  const chosen = await chosenCaller(parts, onCall, needs)
  if (!isVerified(chosen.call) || !reaches(chosen.call.assurance, atLeast)) {
    throw refused('caller-not-verified', 'Verify who is calling first.')
  }
  return chosen
}

/** Who may still be verified. */
export function mustCheckOn({ failedChecks }: Pick<Call, 'failedChecks'>): void {
  if (failedChecks >= maxFailedChecks) {
    throw refused('checks-stopped', 'Two checks failed. Nobody can be verified in this call any more.')
  }
}

/** A call is told of in its own words: by its channel, its language and its desk, whatever screen it was done on. */
export const placeOf = (call: Pick<Call, 'language' | 'touchpoint'>, evidence: Evidence): Evidence => ({
  ...evidence,
  channel: 'call-centre',
  language: call.language,
  touchpoint: call.touchpoint,
})

/** One line of the trail: which agent, in which call, for which reason. With a person it is in that person's own activity. */
export const callEntry = (
  action: `call.${string}`,
  { actor, evidence }: Pick<OnCall, 'actor' | 'evidence'>,
  call: Call,
  at: Date,
  more: Pick<AuditEntry, 'subjectId' | 'facts' | 'reason'> = {},
): AuditEntry => ({
  action,
  actor,
  at,
  about: `call:${call.id}`,
  evidence: placeOf(call, evidence),
  ...(call.reason === undefined || more.subjectId === undefined ? {} : { reason: reasonText(call.reason) }),
  ...more,
  facts: {
    call: call.reference,
    agent: `staff:${call.agentId}`,
    ...more.facts,
  },
})
