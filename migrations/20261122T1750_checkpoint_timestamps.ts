import type { Knex } from 'knex'

/**
 * Timestamps of checkpoints that a time authority did not give when they were signed: asked for again until they come. Beside
 * the checkpoints, which nobody can change; a token that was kept is not replaced either.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table consent_log_timestamps (
      size bigint primary key,
      asked_at timestamptz not null,
      next_at timestamptz not null,
      token bytea
    );
    create index consent_log_timestamps_awaited on consent_log_timestamps (next_at) where token is null;

    create function keep_timestamp() returns trigger language plpgsql as $$
    begin
      raise exception 'a timestamp that was kept stays as it is' using errcode = 'restrict_violation';
    end $$;
    create trigger kept before update or delete on consent_log_timestamps
      for each row when (old.token is not null) execute function keep_timestamp();
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table consent_log_timestamps; drop function keep_timestamp()')
