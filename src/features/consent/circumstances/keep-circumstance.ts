import type { Actor } from '../../../kernel/actor.ts'
import type { AuditEntry } from '../../../kernel/audit-trail.ts'
import type { Clock } from '../../../kernel/clock.ts'
import { invalid, unavailable } from '../../../kernel/errors.ts'
import type { Evidence } from '../../../kernel/evidence.ts'
import type { Entropy, SubjectId } from '../../../kernel/ids.ts'
import type { Work } from '../../../kernel/work.ts'
import { everyKey } from '../affected-keys.ts'
import { type Act, mustBeSeen } from '../append-act.ts'
import type { ConsentRegistry } from '../cached-registry.ts'
import { permissionsChanged } from '../events.ts'
import type { Facts } from '../facts.ts'
import type { FactsReader, KnownSubject } from '../facts-reader.ts'
import { decideKey } from '../key-decision.ts'
import { decidedIn, type OfficersDecision } from '../officer.ts'
import type { CircumstanceStore, CircumstanceStores } from './circumstance-store.ts'

/** What every use case is given that records something a decision rests on beside the ledger. */
export interface CircumstanceParts {
  readonly work: Work<CircumstanceStores>
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: Pick<ConsentRegistry, 'current'>
  readonly facts: FactsReader
}

export interface CircumstanceCommand extends Pick<Act, 'seen'> {
  readonly subjectId: SubjectId
  readonly actor: Actor
  readonly evidence?: Evidence
  /** Where an officer decided and somebody else carries it out. */
  readonly decision?: OfficersDecision
}

export interface Kept {
  readonly outcome: 'recorded' | 'unchanged'
}

/** What is new, in memory and in the tables; undefined when it is known already. */
type Change = { readonly facts: Facts; readonly write: (store: CircumstanceStore) => Promise<void> }

class LedgerMovedOn extends Error {}

const attempts = 5

/**
 * The one way in for facts that are no acts of the person: purchases, contracts, suppressions, answers of exclusion lists.
 * Every permission is decided again in the transaction that keeps the fact, so that exports and streams can never read an
 * answer older than what it rests on.
 */
export async function keepCircumstance(
  parts: CircumstanceParts,
  command: CircumstanceCommand & Pick<AuditEntry, 'action' | 'facts'>,
  change: (known: KnownSubject, at: Date) => Change | undefined,
): Promise<Kept> {
  const { subjectId, actor, evidence, action } = command
  const decided = decidedIn(command.decision)
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const known = await parts.facts.find(subjectId)
    if (known === undefined || known.facts.subject.state !== 'active') {
      throw invalid('subject-not-active', 'Nothing can be recorded for this person.')
    }
    const at = parts.clock.now()
    const changed = change(known, at)
    if (changed === undefined) return { outcome: 'unchanged' }
    mustBeSeen(command, known)
    const registry = parts.registry.current()
    const permissions = everyKey(registry, changed.facts).map((key) =>
      decideKey(key, changed.facts, registry, at.getTime()),
    )
    try {
      await parts.work(async ({ circumstances, audit, outbox }) => {
        const epoch = await circumstances.advance(subjectId, known.epoch, permissions, at)
        if (epoch === undefined) throw new LedgerMovedOn()
        await changed.write(circumstances)
        await audit.record({
          action,
          actor,
          at,
          subjectId,
          ...(evidence === undefined ? {} : { evidence }),
          ...decided.reason,
          facts: { epoch, ...command.facts, ...decided.facts },
        })
        await outbox.add(
          permissionsChanged(parts.entropy.id<'event'>(), {
            subjectId,
            at,
            epoch,
            because: action,
            permissions,
          }),
        )
      })
      return { outcome: 'recorded' }
    } catch (error) {
      if (!(error instanceof LedgerMovedOn)) throw error
    }
  }
  throw unavailable('ledger-busy', 'Somebody else is recording for this person. Try again.', 1)
}
