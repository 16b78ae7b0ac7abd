import type { Knex } from 'knex'

/**
 * Under which name each sector of clients knows a person: kept when the name is first given out, because it cannot be
 * computed back. And the order of changes for whoever asks "what changed since": the transaction that added the event.
 * Whatever was added by a transaction below the oldest one still running is complete, so a reader that stops there can
 * never miss a row that commits late; a sequence or a clock could not promise that.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table pairwise_subjects (
      sector text not null,
      sub text not null,
      subject_id uuid not null,
      first_given_at timestamptz not null,
      primary key (sector, sub)
    );

    alter table outbox_events add column committed_in xid8 not null default pg_current_xact_id();
    create index outbox_events_changes on outbox_events (committed_in, subject_id, subject_version)
      where type in ('consent.recorded', 'consent.permissions-changed');
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index outbox_events_changes;
    alter table outbox_events drop column committed_in;
    drop table pairwise_subjects;
  `)
