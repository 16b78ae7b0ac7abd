import type { Knex } from 'knex'
import type pg from 'pg'
import { appendAuditEntries, auditPart } from '../features/audit/index.ts'
import { ledgerPart, noteLedgerEntry, pgConsentStores } from '../features/consent/index.ts'
import { appendOutboxEvents, outboxPart } from '../features/delivery/index.ts'
import { entrancePart, noteEntrance, pgIdentityStores } from '../features/identity/index.ts'
import { pgPrivacyRequestStores } from '../features/privacy-requests/index.ts'
import { pgProfileStores } from '../features/profile/index.ts'
import { pgRecipientStores } from '../features/recipients/index.ts'
import { pgStaffStores } from '../features/staff/index.ts'
import {
  pgEnrolStores,
  pgLoyaltyStores,
  pgRateAlarmStores,
  pgReceiptStores,
} from '../features/store-visits/index.ts'
import { pgTouchpointStores } from '../features/touchpoints/index.ts'
import type { AuditEntry } from '../kernel/audit-trail.ts'
import type { DomainEvent } from '../kernel/event.ts'
import { pgEndingStores, pgOidcStores } from '../oidc/index.ts'
import { sharedWork } from '../platform/db/shared-work.ts'
import { unitOfWork } from '../platform/db/unit-of-work.ts'
import { pgLinkingStores } from './pg-linking-stores.ts'

/** Every store of the house on one transaction; a use case asks by type for the few it needs. */
const allStores = (trx: Knex.Transaction) => ({
  ...pgIdentityStores(trx),
  ...pgProfileStores(trx),
  ...pgConsentStores(trx),
  ...pgLinkingStores(trx),
  ...pgRecipientStores(trx),
  ...pgPrivacyRequestStores(trx),
  ...pgStaffStores(trx),
  ...pgTouchpointStores(trx),
  ...pgLoyaltyStores(trx),
  ...pgEnrolStores(trx),
  ...pgReceiptStores(trx),
  ...pgRateAlarmStores(trx),
  ...pgOidcStores(trx),
})

/**
 * Events first: the statement of `sharedWorks` takes the heads of the streams in that order (PostgreSQL finishes the
 * members of a WITH that nothing reads from last to first), and whoever took them the other way round would meet it in a
 * deadlock.
 */
export const keepProofs = async (
  trx: Knex.Transaction,
  entries: readonly AuditEntry[],
  events: readonly DomainEvent[],
): Promise<void> => {
  await appendOutboxEvents(trx, events)
  await appendAuditEntries(trx, entries)
}

/** The one way to write, on the pool of a lane. */
export const workOn = (lane: Knex) => unitOfWork(lane, allStores, keepProofs)

/** The same for what the protocol engine keeps and somebody wants ended. */
export const endingWorkOn = (lane: Knex) => unitOfWork(lane, pgEndingStores, keepProofs)

/**
 * The two writes that people wait for most, each in one statement shared by all who wait at the same moment: an act in
 * the ledger, and letting somebody in. `ordinary` is for what has no place in it.
 */
export function sharedWorks(pool: pg.Pool, ordinary: ReturnType<typeof workOn>) {
  const proofs = { pool, ordinary, audit: auditPart, outbox: outboxPart }
  const acts = sharedWork({ ...proofs, name: 'shared_act', note: noteLedgerEntry, fact: ledgerPart })
  const entrances = sharedWork({ ...proofs, name: 'shared_entrance', note: noteEntrance, fact: entrancePart })
  return {
    acts: acts.work,
    entrances: entrances.work,
    drain: async () => {
      await Promise.all([acts.drain(), entrances.drain()])
    },
  }
}
