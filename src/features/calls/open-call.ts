import type { Actor } from '../../kernel/actor.ts'
import type { AuditTrail } from '../../kernel/audit-trail.ts'
import { conflict, invalid, refused, unavailable } from '../../kernel/errors.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { StaffId } from '../../kernel/ids.ts'
import type { Call, CallLanguage, CallMatch } from './call.ts'
import type { CallParts } from './call-ports.ts'
import { drawReference } from './call-reference.ts'
import type { Candidate } from './call-store.ts'
import type { CallView } from './call-views.ts'
import { callEvent, namesOf } from './events.ts'
import { callerIndexOf, peopleBy } from './find-candidates.ts'
import { agentOf, callEntry } from './on-call.ts'
import { readCall } from './read-call.ts'
import { watchAgent } from './watch-agent.ts'

interface NewCallCommand {
  readonly actor: Actor
  readonly evidence: Evidence
  readonly touchpoint: string
  readonly language: CallLanguage
  /** The number the call comes from, as the telephone line tells it. Finds people, and proves nothing. */
  readonly ani?: string | undefined
  /** The telephony system's own id of the call. */
  readonly externalCall?: string | undefined
  /** It went out from us; the number is then the one that was rung. Only the telephony system can tell. */
  readonly outgoing?: boolean
}

const attempts = 5

/**
 * An agent takes a call. The number finds candidates and is forgotten but for its blind index; each person it finds reads of
 * it in their own activity. The same call of the telephony system is the same call here, whoever told of it first.
 */
export async function openCall(parts: CallParts, command: NewCallCommand): Promise<CallView> {
  const agentId = agentOf(command)
  const call = await begin(parts, command, agentId, undefined)
  return readCall(parts, { callId: call.id, actor: command.actor, evidence: command.evidence })
}

/** A telephony system announces a call for an agent. It learns whether the number is known, and nothing of whom. */
export async function announceCall(
  parts: CallParts,
  command: NewCallCommand & { readonly agentId: StaffId; readonly externalCall: string },
): Promise<Call> {
  const { actor, agentId } = command
  if (actor.kind !== 'client') throw refused('not-a-client', 'Only a telephony system announces calls.')
  return begin(parts, command, agentId, actor.clientId)
}

const matchOf = ({ length }: readonly Candidate[]): CallMatch =>
  length === 0 ? 'none' : length === 1 ? 'one' : 'many'

async function numberOf(parts: CallParts, { ani }: Pick<NewCallCommand, 'ani'>) {
  const callerIndex = callerIndexOf(parts, ani)
  const found = callerIndex === undefined ? [] : await peopleBy(parts, callerIndex, 'phone')
  return { callerIndex, found }
}

/**
 * The same call, told of again. What the agent's page opened first, the telephony system makes its own when it announces it:
 * its number is the line's, and its events end the call. Another system's call is no other system's.
 */
async function toldAgain(
  parts: CallParts,
  command: NewCallCommand,
  call: Call,
  clientId: string | undefined,
): Promise<Call> {
  if (clientId === undefined || call.clientId === clientId) return call
  if (call.clientId !== undefined) throw taken()
  const { callerIndex, found } = await numberOf(parts, command)
  const before = await parts.calls.callerIndex(call.id)
  const isNew = callerIndex !== undefined && Buffer.compare(callerIndex, before ?? Buffer.alloc(0)) !== 0
  const at = parts.clock.now()
  return parts.work(async (tx) => {
    const outgoing = command.outgoing === true
    const adopted = await tx.calls.adopt(call.id, { clientId, outgoing, match: matchOf(found), callerIndex })
    if (adopted === undefined) {
      const now = await tx.calls.find(call.id)
      if (now?.clientId !== clientId) throw taken()
      return now
    }
    await tx.calls.addCandidates(call.id, found, at)
    await tx.audit.record(
      callEntry('call.announced', command, adopted, at, { facts: { match: adopted.match } }),
    )
    // Of the number that the page was opened with, they read already.
    await recordFound(tx, command, adopted, isNew ? found : [], at)
    return adopted
  })
}

const taken = () => conflict('call-id-taken', 'Another telephony system announced a call by this id.')

async function recordFound(
  { audit }: { readonly audit: AuditTrail },
  command: NewCallCommand,
  call: Call,
  found: readonly Candidate[],
  at: Date,
): Promise<void> {
  for (const { subjectId, foundBy } of found) {
    await audit.record(callEntry('call.looked-up', command, call, at, { subjectId, facts: { by: foundBy } }))
  }
}

async function begin(
  parts: CallParts,
  command: NewCallCommand,
  agentId: StaffId,
  clientId: string | undefined,
): Promise<Call> {
  const { touchpoint, language, externalCall } = command
  if ((await parts.findAgent(agentId, touchpoint)) === undefined) {
    throw invalid('agent-unknown', 'Nobody who may verify callers at this place has this id.', [
      { field: '/agent', code: 'agent.unknown' },
    ])
  }
  const known = externalCall === undefined ? undefined : await parts.calls.findExternal(agentId, externalCall)
  if (known !== undefined) return toldAgain(parts, command, known, clientId)
  if (clientId === undefined) await parts.limiter.consume(agentId, 'call-look-up-agent')
  const { callerIndex, found } = await numberOf(parts, command)
  const at = parts.clock.now()
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const call: Call = {
      id: parts.entropy.id<'call'>(),
      reference: drawReference(parts.entropy),
      ...(externalCall === undefined ? {} : { externalCall }),
      ...(clientId === undefined ? {} : { clientId }),
      outgoing: clientId !== undefined && command.outgoing === true,
      agentId,
      touchpoint,
      language,
      state: 'open',
      match: matchOf(found),
      assurance: 'none',
      failedChecks: 0,
      openedAt: at,
      messages: [],
    }
    if (await keep(parts, command, call, callerIndex, found)) return call
    const first =
      externalCall === undefined ? undefined : await parts.calls.findExternal(agentId, externalCall)
    if (first !== undefined) return toldAgain(parts, command, first, clientId)
  }
  throw unavailable('call-reference-taken', 'No free reference was drawn. Try again.', 1)
}

class Taken extends Error {}

async function keep(
  parts: CallParts,
  command: NewCallCommand,
  call: Call,
  callerIndex: Uint8Array | undefined,
  found: readonly Candidate[],
): Promise<boolean> {
  const { id, openedAt: at } = call
  try {
    await parts.work(async (tx) => {
      const { calls, audit, outbox } = tx
      const inserted = await calls.insert({
        ...call,
        externalCall: call.externalCall,
        clientId: call.clientId,
        callerIndex,
      })
      if (!inserted) throw new Taken()
      await calls.addCandidates(id, found, at)
      await audit.record(callEntry('call.opened', command, call, at, { facts: { match: call.match } }))
      await recordFound(tx, command, call, found, at)
      // A number in the address of a page may as well be typed; one that a telephony system announced is not the agent's doing.
      if (call.clientId === undefined && callerIndex !== undefined) {
        await watchAgent(tx, parts, call, { lookUps: 1 }, at)
      }
      await outbox.add(callEvent(parts.entropy, 'call.opened', at, { ...namesOf(call), match: call.match }))
    })
    return true
  } catch (error) {
    if (error instanceof Taken) return false
    throw error
  }
}
