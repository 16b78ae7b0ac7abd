import type { Knex } from 'knex'
import type { ProfileStores } from './assertion-store.ts'
import { pgAssertionStore } from './pg-assertion-store.ts'

export const pgProfileStores = (trx: Knex.Transaction): Pick<ProfileStores, 'assertions'> => ({
  assertions: pgAssertionStore(trx),
})
