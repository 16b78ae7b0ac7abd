import type { Knex } from 'knex'

/**
 * What devices have told by their counters: so that a queue that is sent twice is recorded once, and a clock that was set is
 * known by what it had said before. Nothing here names a person; the command is known by its hash.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table device_acts (
      device text not null,
      counter bigint not null check (counter >= 0),
      command_hash bytea not null,
      received_at timestamptz not null,
      in_order boolean not null,
      counted_at timestamptz,
      skew_ms bigint,
      settled jsonb,
      primary key (device, counter)
    );
    create index on device_acts (device, received_at);
  `)

export const down = (knex: Knex) => knex.raw('drop table device_acts')
