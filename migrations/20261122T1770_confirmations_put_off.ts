import type { Knex } from 'knex'

/**
 * A confirmation that could not be tended waits for its next turn, so that a few which fail again and again hold up nobody:
 * the order is that of the next attempt, which is the asking until one failed.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table consent_confirmations add column put_off_until timestamptz;
    drop index consent_confirmations_open;
    create index consent_confirmations_open
      on consent_confirmations (coalesce(put_off_until, requested_at), subject_id, confirmation_id, requested_at)
      where closed_at is null;
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index consent_confirmations_open;
    create index consent_confirmations_open on consent_confirmations (requested_at, subject_id, confirmation_id)
      where closed_at is null;
    alter table consent_confirmations drop column put_off_until;
  `)
