import type { Knex } from 'knex'

/**
 * The tamper-evident log of consent events. The fact's own transaction writes a row of `consent_log_places` with the
 * commitment; one appender gives it its number later, so recording never waits for the log. The log itself, the tree
 * over it, its checkpoints and the tombstones of erased evidence hold nothing about anybody, and nobody changes them: a
 * trigger stops even the owner, and a migration that must change them has to drop it by name, where it can be seen.
 *
 * Acts recorded before there was a log wait for their place too. What they commit to is made of their sealed evidence,
 * which no migration can open: the appender does, when it gives them their number.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table consent_logs (
      name text primary key,
      opened_at timestamptz not null
    );
    create unique index consent_logs_one on consent_logs ((true));

    create table consent_log (
      seq bigint primary key check (seq >= 0),
      recorded_at timestamptz(3) not null,
      type text not null,
      notice_sha256 bytea check (octet_length(notice_sha256) = 32),
      commitment bytea not null check (octet_length(commitment) = 32),
      tag bytea not null check (octet_length(tag) = 32)
    );

    create table consent_log_tiles (
      level smallint not null,
      tile bigint not null,
      hashes bytea not null check (octet_length(hashes) = 8192),
      root bytea not null check (octet_length(root) = 32),
      primary key (level, tile)
    );

    create table consent_log_checkpoints (
      size bigint primary key,
      root bytea not null check (octet_length(root) = 32),
      issued_at timestamptz not null,
      jws text not null,
      timestamp_token bytea
    );

    create table consent_log_tombstones (
      seq bigint primary key,
      erased_at timestamptz not null,
      reason text not null
    );

    create table consent_log_places (
      subject_id uuid not null references subjects,
      event_id uuid not null,
      commitment bytea check (octet_length(commitment) = 32),
      seq bigint check (seq is null or commitment is not null),
      primary key (subject_id, event_id)
    );
    insert into consent_log_places (subject_id, event_id) select subject_id, event_id from consent_events;
    create index consent_log_places_waiting on consent_log_places (event_id) where seq is null;

    create index receipts_by_id on receipts (receipt_id);

    create function refuse_change() returns trigger language plpgsql as $body$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end
    $body$;

    create trigger append_only before update or delete or truncate on consent_logs
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on consent_log
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on consent_log_tiles
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on consent_log_checkpoints
      for each statement execute function refuse_change();
    create trigger append_only before update or delete or truncate on consent_log_tombstones
      for each statement execute function refuse_change();
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index receipts_by_id;
    drop table consent_log_places, consent_log_tombstones, consent_log_checkpoints, consent_log_tiles, consent_log,
      consent_logs;
    drop function refuse_change();
  `)
