import type { Knex } from 'knex'

/**
 * Open confirmations are tended in the order in which people were asked, so that under load nobody waits for ever. The
 * index holds the order, and all that the page of due ones tells, so a page ends where it is full.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    drop index consent_confirmations_open;
    create index consent_confirmations_open on consent_confirmations (requested_at, subject_id, confirmation_id)
      where closed_at is null;
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index consent_confirmations_open;
    create index consent_confirmations_open on consent_confirmations (expires_at) where closed_at is null;
  `)
