import type { Knex } from 'knex'
import type { AuditEntry } from '../../kernel/audit-trail.ts'
import type { DomainEvent } from '../../kernel/event.ts'
import type { Work } from '../../kernel/work.ts'
import { isRetryable, translateDatabaseError } from './pg-errors.ts'

const attempts = 4

/** Keeps the proofs of one unit in its own transaction. */
export type KeepProofs = (
  trx: Knex.Transaction,
  entries: readonly AuditEntry[],
  events: readonly DomainEvent[],
) => Promise<void>

/**
 * The only way to write: every store of a unit is built on the unit's own transaction, and its audit entries and
 * outbox events are kept with the last statement before the commit. A unit that proves nothing is rolled back.
 * Serialization failures and deadlocks are run again up to three times with jitter (P21).
 */
export function unitOfWork<Stores extends object>(
  knex: Knex,
  buildStores: (trx: Knex.Transaction) => Stores,
  keepProofs: KeepProofs,
): Work<Stores> {
  return async (act) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await knex.transaction(async (trx) => {
          const entries: AuditEntry[] = []
          const events: DomainEvent[] = []
          const result = await act({
            ...buildStores(trx),
            audit: { record: async (entry: AuditEntry) => void entries.push(entry) },
            outbox: { add: async (event: DomainEvent) => void events.push(event) },
          })
          if (entries.length === 0) throw new Error('A unit of work ended without an audit entry.')
          await keepProofs(trx, entries, events)
          return result
        })
      } catch (error) {
        if (!isRetryable(error) || attempt === attempts) throw translateDatabaseError(error)
        await new Promise((resolve) => setTimeout(resolve, attempt * 5 + Math.random() * 10 * attempt))
      }
    }
  }
}
