import type { Knex } from 'knex'
import { appendAuditEntries, auditPart, streamOf } from '../features/audit/index.ts'
import { ledgerPart, noteLedgerEntry, pgConsentStores } from '../features/consent/index.ts'
import { appendOutboxEvents, outboxPart } from '../features/delivery/index.ts'
import { entrancePart, noteEntrance, pgIdentityStores } from '../features/identity/index.ts'
import { pgProfileStores } from '../features/profile/index.ts'
import { pgRecipientStores } from '../features/recipients/index.ts'
import { pgStaffStores } from '../features/staff/index.ts'
import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { DomainEvent } from '../kernel/event.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { openSharedPool } from '../platform/db/pool.ts'
import { sharedWork } from '../platform/db/shared-work.ts'
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

/**
 * The two writes that people wait for most, each in one statement shared by all who wait at the same moment: an act in
 * the ledger, and letting somebody in. `ordinary` is for what has no place in it.
 */
export function sharedWorks(
  connection: DatabaseConnection,
  ordinary: ReturnType<typeof workOn>,
  onLost: (error: unknown) => void,
) {
  const proofs = { pool: openSharedPool(connection, onLost), ordinary, audit: auditPart, outbox: outboxPart }
  const acts = sharedWork({ ...proofs, name: 'shared_act', note: noteLedgerEntry, fact: ledgerPart })
  const entrances = sharedWork({ ...proofs, name: 'shared_entrance', note: noteEntrance, fact: entrancePart })
  return {
    acts: acts.work,
    entrances: entrances.work,
    close: async () => {
      await Promise.all([acts.drain(), entrances.drain()])
      await proofs.pool.end()
    },
  }
}

/** Audit entries of acts whose facts the protocol engine keeps itself, such as a grant or a session. */
export const recordAuditOn =
  (lane: Knex) =>
  (entries: readonly AuditEntry[]): Promise<void> => {
    // Of different streams they are one statement, which needs no transaction around it.
    const alone = new Set(entries.map(streamOf)).size === entries.length
    return alone
      ? appendAuditEntries(lane, entries)
      : lane.transaction((trx) => appendAuditEntries(trx, entries))
  }
