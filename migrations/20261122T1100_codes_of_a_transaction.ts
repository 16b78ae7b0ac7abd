import type { Knex } from 'knex'

/**
 * A one-time code belongs to the sign-in it was asked for in. Found by recipient alone, a stranger who knows an address
 * could spend or replace the code its owner was just sent, from a sign-in of their own. Codes live ten minutes, so those
 * under way are simply asked for again.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    delete from one_time_codes;
    drop index one_time_codes_by_recipient;
    alter table one_time_codes add column transaction_hash bytea not null;
    create index one_time_codes_by_transaction on one_time_codes (recipient_index, purpose, transaction_hash);
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index one_time_codes_by_transaction;
    alter table one_time_codes drop column transaction_hash;
    create index one_time_codes_by_recipient on one_time_codes (recipient_index, purpose);
  `)
