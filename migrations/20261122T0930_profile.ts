import type { Knex } from 'knex'

/**
 * The attribute catalogue, and what is known of a subject as assertions with their provenance. A newer assertion
 * supersedes an older one; neither is overwritten.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table attributes (
      attribute_id text primary key,
      claim text not null unique,
      value_schema jsonb not null,
      labels jsonb not null,
      reasons jsonb not null,
      sensitivity text not null check (sensitivity in ('personal', 'sensitive', 'special')),
      retention text not null,
      position integer not null
    );

    create table assertions (
      subject_id uuid not null references subjects,
      attribute_id text not null references attributes,
      assertion_id uuid not null,
      provenance text not null check (provenance in ('declared', 'observed', 'inferred', 'issued')),
      source text not null,
      sealed_value bytea not null,
      asserted_at timestamptz not null,
      superseded_at timestamptz,
      primary key (subject_id, attribute_id, assertion_id)
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table assertions, attributes')
