import type { Knex } from 'knex'
import type { ProfileStores } from './assertion-store.ts'
import { pgAssertionStore } from './pg-assertion-store.ts'

export const pgProfileStores = (trx: Knex.Transaction): ProfileStores => ({
  assertions: pgAssertionStore(trx),
})
