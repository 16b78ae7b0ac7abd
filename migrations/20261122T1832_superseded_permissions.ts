import type { Knex } from 'knex'

/**
 * Whom a campaign is about: people whose kept answer denies because their yes was superseded. Counted on every look at a
 * campaign, so it must cost those people and not everybody.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create index permissions_superseded on permissions (purpose_id, subject_id) where reason = 'CONSENT_SUPERSEDED';
  `)

export const down = (knex: Knex) => knex.raw('drop index permissions_superseded')
