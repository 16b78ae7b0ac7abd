import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import { PlacetError } from '../../kernel/errors.ts'
import type { DomainEvent } from '../../kernel/event.ts'
import type { Work } from '../../kernel/work.ts'
import { type CommitWatch, watchCommit } from './commit-watch.ts'
import { isLostConnection, isRetryable, translateDatabaseError } from './pg-errors.ts'

const attempts = 4

/** Keeps the proofs of one unit in its own transaction. */
export type KeepProofs = (
  trx: Knex.Transaction,
  entries: readonly AuditEntry[],
  events: readonly DomainEvent[],
) => Promise<void>

export interface UnitOfWorkOptions {
  /** How long a COMMIT may take before its caller is told that the outcome is unknown. */
  readonly commitDeadlineMs?: number
  /** Told of every unit that is run again, for the metrics. */
  readonly onRetry?: (attempt: number, error: unknown) => void
}

/**
 * The only way to write: every store of a unit is built on the unit's own transaction, and its audit entries and
 * outbox events are kept with the last statement before the commit. A unit that proves nothing is rolled back.
 * Serialization failures, deadlocks and connections that broke before the commit are run again up to three times with
 * jitter (P21). A commit whose answer is lost is never run again: its caller gets `outcome-unknown`.
 */
export function unitOfWork<Stores extends object>(
  knex: Knex,
  buildStores: (trx: Knex.Transaction) => Stores,
  keepProofs: KeepProofs,
  { commitDeadlineMs = 4_000, onRetry = () => {} }: UnitOfWorkOptions = {},
): Work<Stores> {
  return async (act) => {
    const once = (watch: CommitWatch) =>
      knex.transaction(async (trx) => {
        await watch.enter(trx)
        const entries: AuditEntry[] = []
        const events: DomainEvent[] = []
        const result = await act({
          ...buildStores(trx),
          audit: { record: async (entry: AuditEntry) => void entries.push(entry) },
          outbox: { add: async (event: DomainEvent) => void events.push(event) },
        })
        if (entries.length === 0) throw new Error('A unit of work ended without an audit entry.')
        await keepProofs(trx, entries, events)
        watch.leave()
        return result
      })
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await watchCommit(once, commitDeadlineMs)
      } catch (error) {
        const again = !(error instanceof PlacetError) && (isRetryable(error) || isLostConnection(error))
        if (!again || attempt === attempts) throw translateDatabaseError(error)
        onRetry(attempt, error)
        await sleep(attempt * 5 + Math.random() * 10 * attempt)
      }
    }
  }
}
