import type { DomainEvent } from './event.ts'

/**
 * Port. Promises: the event is kept in the same transaction as the fact; it is delivered at least once, in the
 * subject's own order, which is assigned under the subject's lock.
 */
export interface Outbox {
  add(event: DomainEvent): Promise<void>
}
