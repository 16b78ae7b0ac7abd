import type { Knex } from 'knex'
import { type OpenRequests, pgLinkStore } from '../features/identity/index.ts'

/**
 * Nobody is merged while a request of theirs is open, since its answer must be of one person's data. The house takes no
 * requests yet, so none can be open; the room that will keep them answers here.
 */
const noRequestsAreTaken: OpenRequests = { openOf: async () => [] }

/** What a unit needs that says which accounts are one person's. */
export const pgLinkingStores = (trx: Knex.Transaction) => ({
  links: pgLinkStore(trx),
  requests: noRequestsAreTaken,
})
