import type { Knex } from 'knex'

/**
 * How far each import of consents has come. The row moves in the transaction of the facts it counts, from the very place
 * it was read at, so an import that was killed goes on exactly there and two processes cannot both. Nothing about
 * anybody is in it: whom the rows were about stands in the ledger, and what was set aside in the operator's own file.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table consent_imports (
      import_id uuid primary key,
      file_sha256 bytea not null check (octet_length(file_sha256) = 32),
      settings_sha256 bytea not null check (octet_length(settings_sha256) = 32),
      source text not null,
      byte_offset bigint not null,
      line bigint not null,
      quarantine_bytes bigint not null,
      report jsonb not null,
      started_at timestamptz not null,
      advanced_at timestamptz not null,
      finished_at timestamptz
    ) with (fillfactor = 50);
    create index consent_imports_by_file on consent_imports (file_sha256);
  `)

export const down = (knex: Knex) => knex.raw('drop table consent_imports')
