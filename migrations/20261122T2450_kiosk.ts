import type { Knex } from 'knex'

/**
 * Somebody at a kiosk who wants a person to come. Nothing of a customer is in it: a screen asks, and who works in its store
 * sees where. One call of a terminal is open at a time, however often the button is touched.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table help_calls (
      call_id uuid primary key,
      store_id text not null,
      terminal_id text not null,
      raised_at timestamptz not null,
      taken_at timestamptz,
      taken_by uuid,
      ended_at timestamptz,
      ended_because text check (ended_because in ('withdrawn', 'overdue', 'done', 'visit-over')),
      check ((taken_at is null) = (taken_by is null)),
      check ((ended_at is null) = (ended_because is null))
    ) with (fillfactor = 80);
    create unique index help_calls_open on help_calls (terminal_id) where ended_at is null;
    create index help_calls_of_store on help_calls (store_id, raised_at) where ended_at is null;
    create index help_calls_by_time on help_calls (raised_at);
  `)

export const down = (knex: Knex) => knex.raw('drop table help_calls')
