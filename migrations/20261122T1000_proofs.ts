import type { Knex } from 'knex'

/**
 * The audit trail and the outbox, written in the transaction of the fact. A stream of the trail is a subject, or a
 * hash of what else the entry was about; its head carries the running hash, so that entries are numbered without gaps
 * and any later change shows (R100). The outbox is ordered by the subject's own version, not by a sequence: sequence
 * order is not commit order, and a poller with "id > last" loses rows.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table audit_streams (
      stream_id uuid primary key,
      seq bigint not null,
      head bytea not null
    ) with (fillfactor = 70);

    create table audit_entries (
      stream_id uuid not null,
      seq bigint not null,
      entry text not null,
      hash bytea not null,
      primary key (stream_id, seq)
    );

    create table outbox_streams (
      subject_id uuid primary key,
      version bigint not null
    ) with (fillfactor = 70);

    create table outbox_events (
      subject_id uuid not null,
      subject_version bigint not null,
      event_id uuid not null,
      type text not null,
      type_version integer not null,
      payload jsonb not null,
      lane smallint not null,
      occurred_at timestamptz not null,
      delivered_at timestamptz,
      primary key (subject_id, subject_version)
    );
    create index outbox_events_due on outbox_events (lane, subject_id, subject_version) where delivered_at is null;
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table outbox_events, outbox_streams, audit_entries, audit_streams')
