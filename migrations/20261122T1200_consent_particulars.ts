import type { Knex } from 'knex'

/**
 * What a decision must know of a fact beyond its key: the pinned particulars of an event, which attributes a permission
 * reaches, and the law as dated data. A receipt carries the key of the command that made it, so that the same command
 * sent twice meets its own receipt and records nothing (R92). Everything else about an act stays in the sealed evidence.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table consent_events
      add column confirms uuid,
      add column guardian_verified boolean,
      add column over_age smallint,
      add column article text,
      add column during_restriction boolean,
      add column restriction_scope text[],
      add column validity text,
      add column evidence_grade text check (evidence_grade in ('full', 'partial', 'none'));

    alter table permissions
      add column attributes text[] not null default '{}',
      add column reconsent_min integer not null default 0;

    alter table purpose_versions add column terms jsonb not null default '{}';

    alter table receipts
      add column command_key bytea not null,
      add column command_hash bytea not null;
    create unique index receipts_once on receipts (subject_id, command_key);

    create table rule_packs (
      jurisdiction text not null,
      version text not null,
      pack jsonb not null,
      published_at timestamptz not null,
      primary key (jurisdiction, version)
    );
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop table rule_packs;
    drop index receipts_once;
    alter table receipts drop column command_key, drop column command_hash;
    alter table purpose_versions drop column terms;
    alter table permissions drop column attributes, drop column reconsent_min;
    alter table consent_events drop column confirms, drop column guardian_verified, drop column over_age,
      drop column article, drop column during_restriction, drop column restriction_scope, drop column validity,
      drop column evidence_grade;
  `)
