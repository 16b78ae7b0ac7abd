import type { Actor } from '../../kernel/actor.ts'
import { invalid, refused } from '../../kernel/errors.ts'
import type { StaffId } from '../../kernel/ids.ts'

/** What the officer decided elsewhere and the command line carries out: who decided, and why. */
export interface OfficersDecision {
  readonly decidedBy: StaffId
  readonly reason: string
}

/**
 * The officer is the one who weighs; whoever sells may not (GDPR Art. 38(6)). The command line may carry out a decision of
 * theirs, never one of its own: it is kept as the one who acted, with the officer as the one who decided.
 */
export function mustBeOfficer({
  actor,
  decision,
}: {
  readonly actor: Actor
  readonly decision?: OfficersDecision
}): void {
  if (decision !== undefined && decision.reason.trim() === '') {
    throw invalid('reason-missing', 'Say why this was decided.')
  }
  if (actor.kind === 'staff' && actor.roles.includes('dpo')) return
  if (actor.kind === 'system' && actor.name === 'cli' && decision !== undefined) return
  throw refused('officer-only', 'Only the data protection officer can do this.')
}

/** What the trail keeps of a decision. */
export const decidedIn = (decision: OfficersDecision | undefined) =>
  decision === undefined
    ? { reason: {}, facts: {} }
    : { reason: { reason: decision.reason.trim() }, facts: { decidedBy: `staff:${decision.decidedBy}` } }
