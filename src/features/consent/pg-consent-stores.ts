import type { Knex } from 'knex'
import type { ConsentStores } from './consent-ledger.ts'
import { pgConsentLedger } from './pg-consent-ledger.ts'
import { pgRegistryStore } from './pg-registry-store.ts'
import type { RegistryStores } from './registry-store.ts'

/** All stores of the room on one transaction. */
export const pgConsentStores = (trx: Knex.Transaction): ConsentStores & RegistryStores => ({
  ledger: pgConsentLedger(trx),
  registry: pgRegistryStore(trx),
})
