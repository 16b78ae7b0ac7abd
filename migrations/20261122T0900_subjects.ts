import type { Knex } from 'knex'

/**
 * The person, their identifiers, and the key their data is sealed with. Every table of a subject carries `subject_id`
 * first in its primary key, so that the schema distributes by subject unchanged. Identifiers are found through keyed
 * blind indexes; the value itself is sealed, and deleting `subject_keys` makes it unreadable for good.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table subjects (
      subject_id uuid primary key,
      state text not null default 'active' check (state in ('active', 'locked', 'blocked', 'erased')),
      jurisdiction text not null,
      language text not null,
      consent_epoch bigint not null default 0,
      created_at timestamptz not null
    ) with (fillfactor = 85);

    create table subject_keys (
      subject_id uuid primary key references subjects,
      kek_id text not null,
      wrapped_key bytea not null,
      created_at timestamptz not null
    );

    create table identifiers (
      subject_id uuid not null references subjects,
      identifier_id uuid not null,
      kind text not null check (kind in ('email', 'phone', 'loyalty_card', 'federated')),
      sealed_value bytea not null,
      verified_at timestamptz,
      created_at timestamptz not null,
      primary key (subject_id, identifier_id)
    );

    create table identifier_lookups (
      blind_index bytea primary key,
      kind text not null,
      subject_id uuid not null,
      identifier_id uuid not null
    );
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table identifier_lookups, identifiers, subject_keys, subjects')
