import type { CallParts, OnCall } from './call-ports.ts'
import { masked, peopleNamed } from './find-candidates.ts'
import type { MaskedCandidate } from './masked-candidate.ts'
import { callEntry, openCallOf } from './on-call.ts'
import { watchAgent } from './watch-agent.ts'

/**
 * Looks somebody up by what the caller says of themselves: an address, a number or a card, exactly. Counted against the
 * agent, on record with everybody it finds, and on record as well when it finds nobody. Throws `tooMany('call-look-up-agent')`.
 */
export async function searchCaller(
  parts: CallParts,
  command: OnCall & { readonly typed: string },
): Promise<readonly MaskedCandidate[]> {
  const call = await openCallOf(parts, command)
  await parts.limiter.consume(call.agentId, 'call-look-up-agent')
  const found = await peopleNamed(parts, command.typed)
  const at = parts.clock.now()
  const kept = await parts.work(async (tx) => {
    await tx.calls.addCandidates(call.id, found, at)
    await tx.audit.record(callEntry('call.searched', command, call, at, { facts: { found: found.length } }))
    for (const { subjectId, foundBy } of found) {
      await tx.audit.record(
        callEntry('call.looked-up', command, call, at, { subjectId, facts: { by: foundBy } }),
      )
    }
    await watchAgent(tx, parts, call, { lookUps: 1 }, at)
    return tx.calls.candidates(call.id)
  })
  // Whoever was a candidate before keeps the name they had in this call.
  const people = new Set(found.map(({ subjectId }) => subjectId))
  return masked(
    parts,
    kept.filter(({ subjectId }) => people.has(subjectId)),
  )
}
