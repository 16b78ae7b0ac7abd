import type { Clock } from '../../kernel/clock.ts'
import type { Evidence } from '../../kernel/evidence.ts'
import type { Entropy, IdentifierId, SubjectId } from '../../kernel/ids.ts'
import type { Proofs, Work } from '../../kernel/work.ts'
import type { DecidedStores } from './decided-answers.ts'
import { identityEvent } from './events.ts'
import type { IdentityStores } from './identity-stores.ts'

export interface UnprovenIdentifier {
  readonly subjectId: SubjectId
  readonly identifierId: IdentifierId
}

/** False, with nothing changed, where somebody proved it meanwhile. Decided answers first: they are locked in their order. */
export async function proveWaiting(
  tx: Pick<IdentityStores, 'identifiers'> & DecidedStores,
  { subjectId, identifierId }: UnprovenIdentifier,
  at: Date,
): Promise<boolean> {
  await tx.decided.outdate(subjectId, { contactPoints: true }, at)
  return tx.identifiers.prove(subjectId, identifierId, at)
}

class AlreadyProven extends Error {}

/**
 * Somebody we only knew by an address that others told us answers a message that was sent to it: the address is theirs, and
 * with it their account begins. False, with nothing changed, where it has begun otherwise or the address is gone.
 * `within` is what else belongs to this moment.
 */
export async function proveAddress<Stores extends Pick<IdentityStores, 'identifiers'> & DecidedStores>(
  deps: { readonly work: Work<Stores>; readonly clock: Clock; readonly entropy: Entropy },
  { evidence, ...which }: UnprovenIdentifier & { readonly evidence: Evidence },
  within: (tx: Stores & Proofs, at: Date) => Promise<void> = async () => {},
): Promise<boolean> {
  const { subjectId, identifierId } = which
  try {
    await deps.work(async (tx) => {
      const at = deps.clock.now()
      if (!(await proveWaiting(tx, which, at))) throw new AlreadyProven()
      await within(tx, at)
      await tx.audit.record({
        action: 'identity.address-proven',
        actor: { kind: 'subject', subjectId, assurance: 'code' },
        at,
        subjectId,
        evidence,
        facts: { identifierId },
      })
      await tx.outbox.add(identityEvent(deps.entropy, 'subject.registered', subjectId, at))
    })
    return true
  } catch (error) {
    if (error instanceof AlreadyProven) return false
    throw error
  }
}
