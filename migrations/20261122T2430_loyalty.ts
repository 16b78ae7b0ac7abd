import type { Knex } from 'knex'

/**
 * A code that was shown at a till is remembered, so that it is good once in the whole house: one insert on a key that holds
 * subject and hash of the code, and whoever comes second inserts nothing. The keys of codes are derived and stored nowhere.
 * A row says in which store somebody was and when; it goes after a month, with the last day on which a till may still tell
 * of what it was shown without a connection. A release to a till is kept with the place it went to.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table loyalty_presentations (
      subject_id uuid not null,
      code_hash bytea not null,
      client_id text not null,
      touchpoint_id text not null,
      request_hash bytea not null,
      late boolean not null,
      presented_at timestamptz not null,
      received_at timestamptz not null,
      primary key (subject_id, code_hash)
    );
    create index loyalty_presentations_expiring on loyalty_presentations (received_at);

    alter table recipient_disclosures add column touchpoint_id text;
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    alter table recipient_disclosures drop column touchpoint_id;
    drop table loyalty_presentations;
  `)
