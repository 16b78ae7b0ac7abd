import type { Knex } from 'knex'

/**
 * What an enrolment proves and how stores are compared. An enrolment keeps the hash of the mail that was sent for it; the index
 * finds what its owner decided and a process that died did not write down. How people answer in the stores is counted
 * once an hour and kept as it may be shown: nothing of a store with few people is in that row. The index holds what the
 * counting reads, and only acts of shops, so that it walks four weeks of those and opens no row of the ledger.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table store_enrolments add column mail_hash text;
    create index store_enrolments_undone on store_enrolments (ended_at)
      where outcome = 'proven' and sealed_answers is not null;

    create table store_rate_figures (
      house boolean primary key default true check (house),
      counted_from timestamptz not null,
      counted_until timestamptz not null,
      rates jsonb not null
    );

    create index consent_events_told_in_stores on consent_events (recorded_at)
      include (touchpoint, subject_id, type, evidence_grade)
      where channel = 'store' and touchpoint is not null;
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index consent_events_told_in_stores;
    drop table store_rate_figures;
    drop index store_enrolments_undone;
    alter table store_enrolments drop column mail_hash;
  `)
