import type { AuditTrail } from './audit-trail.ts'
import type { Outbox } from './outbox.ts'

/** What every unit of work carries beside its stores, so that fact, proof and message commit together. */
export interface Proofs {
  readonly audit: AuditTrail
  readonly outbox: Outbox
}

/**
 * Runs `act` in one transaction. Nothing else in the house can write. A unit that ends without an audit entry is rolled
 * back and fails, because a fact without proof must not exist. Serialization failures and deadlocks are retried, so
 * `act` must have no effect outside its stores.
 */
export type Work<Stores> = <Result>(act: (tx: Stores & Proofs) => Promise<Result>) => Promise<Result>
