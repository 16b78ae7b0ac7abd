import type { Actor } from '../../../kernel/actor.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import type { ConsentEventId, SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import { decidedIn, mustBeOfficer, type OfficersDecision } from '../officer.ts'

/**
 * Port. Promises: what is erased is gone in the same transaction as the proof of it; the log stays as it is, with a
 * tombstone at each place; whoever is not allowed to erase is refused before anything is looked at.
 */
export interface EvidenceErasure {
  /**
   * Holds the account and all that are linked to it, so that nothing is recorded and nobody linked meanwhile, and answers
   * whether it, or one of the others, is in use: neither blocked nor erased. Undefined when there is none. Throws
   * `evidence-role`.
   */
  hold(subjectId: SubjectId): Promise<{ readonly inUse: boolean; readonly linkedInUse: boolean } | undefined>
  /** Everything kept of the person's acts, in the order in which it was recorded. */
  actsOf(subjectId: SubjectId): Promise<readonly ConsentEventId[]>
  /** Throws `ledger-behind` for an act that still waits for its place. */
  erase(
    act: { readonly subjectId: SubjectId; readonly eventId: ConsentEventId },
    erased: { readonly at: Date; readonly reason: string },
  ): Promise<void>
  /** What was decided of the accounts that are held runs out: whoever decided on what stood before looks again. */
  outdate(subjectId: SubjectId, at: Date): Promise<void>
}

export interface ErasureStores {
  readonly erasure: EvidenceErasure
}

/** Why kept answers are decided again, and the act in the trail of the person. */
export const evidenceErased = 'consent.evidence-erased'

/** Free text stays in the trail of the person: a tombstone is public, and holds nothing about anybody. */
const tombstone = 'decided by the officer'

/**
 * Erases what proves a person's consents (GDPR Art. 17), on the officer's decision, and leaves the log as it is: it goes on
 * verifying, and tells that something was erased and no longer whose. Only of an account that is blocked or erased. While
 * data are used their proof is needed (Art. 7(1); EDPB 05/2020 ¶107), and a no that was forgotten would be a no that is
 * broken. A no speaks for all accounts of the person, so none that is linked may be in use either. Its `work` is one that
 * redecides: see `redecidingWork`. Run again it finds nothing, and says so.
 */
export async function eraseEvidence(
  { work, clock }: { readonly work: Work<ErasureStores>; readonly clock: Clock },
  command: {
    readonly subjectId: SubjectId
    readonly actor: Actor
    readonly decision: OfficersDecision
  },
): Promise<{ readonly subjectId: SubjectId; readonly erased: number }> {
  const { subjectId, actor, decision } = command
  mustBeOfficer(command)
  return work(async ({ erasure, audit }) => {
    const at = clock.now()
    const held = await erasure.hold(subjectId)
    if (held === undefined) throw notFound('subject-unknown', 'There is no such person.')
    if (held.inUse) {
      throw conflict('evidence-needed', 'The proof is needed for as long as the account is in use.')
    }
    if (held.linkedInUse) {
      throw conflict(
        'linked-account-in-use',
        'Another account of the person is in use and hears this one’s no.',
      )
    }
    const acts = await erasure.actsOf(subjectId)
    for (const eventId of acts) await erasure.erase({ subjectId, eventId }, { at, reason: tombstone })
    await erasure.outdate(subjectId, at)
    const { reason, facts } = decidedIn(decision)
    await audit.record({
      action: evidenceErased,
      actor,
      at,
      subjectId,
      ...reason,
      facts: { ...facts, acts: acts.length },
    })
    return { subjectId, erased: acts.length }
  })
}
