import type { Knex } from 'knex'
import { pgLinkStore } from '../features/identity/index.ts'
import { pgOpenRequests } from '../features/privacy-requests/index.ts'

/**
 * What a unit needs that says which accounts are one person's. Nobody is merged while a request of theirs is open, since its
 * answer must be of one person's data.
 */
export const pgLinkingStores = (trx: Knex.Transaction) => ({
  links: pgLinkStore(trx),
  requests: pgOpenRequests(trx),
})
