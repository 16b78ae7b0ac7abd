import type { Knex } from 'knex'
import { appendAuditEntries } from '../features/audit/index.ts'
import { pgConsentStores } from '../features/consent/index.ts'
import { appendOutboxEvents } from '../features/delivery/index.ts'
import { pgIdentityStores } from '../features/identity/index.ts'
import { pgProfileStores } from '../features/profile/index.ts'
import { pgRecipientStores } from '../features/recipients/index.ts'
import { pgStaffStores } from '../features/staff/index.ts'
import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { DomainEvent } from '../kernel/event.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'

/** Every store of the house on one transaction; a use case asks by type for the few it needs. */
const allStores = (trx: Knex.Transaction) => ({
  ...pgIdentityStores(trx),
  ...pgProfileStores(trx),
  ...pgConsentStores(trx),
  ...pgRecipientStores(trx),
  ...pgStaffStores(trx),
})

const keepProofs = async (
  trx: Knex.Transaction,
  entries: readonly AuditEntry[],
  events: readonly DomainEvent[],
): Promise<void> => {
  await appendAuditEntries(trx, entries)
  await appendOutboxEvents(trx, events)
}

/** The one way to write, on the pool of a lane. */
export const workOn = (lane: Knex) => unitOfWork(lane, allStores, keepProofs)

/** Audit entries of acts whose facts the protocol engine keeps itself, such as a grant or a session. */
export const recordAuditOn = (lane: Knex) => (entries: readonly AuditEntry[]) =>
  lane.transaction((trx) => appendAuditEntries(trx, entries))
