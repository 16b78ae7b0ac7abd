import type { Knex } from 'knex'

/**
 * What was sent so that a yes comes back from its contact point (double opt-in), one row per yes; rows of one message share
 * its confirmation. The confirmation itself is an event of the ledger: here is only what was sent, and when. Restrictions
 * are lifted after the person was told (GDPR Art. 18(3)): that telling is kept too.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table consent_confirmations (
      subject_id uuid not null references subjects,
      event_id uuid not null,
      confirmation_id uuid not null,
      contact_channel text not null,
      contact_point uuid not null,
      language text not null,
      requested_at timestamptz not null,
      expires_at timestamptz not null,
      sent_at timestamptz,
      sent_message text,
      sent_template bytea,
      reminded_at timestamptz,
      closed_at timestamptz,
      outcome text check (outcome in ('confirmed', 'overtaken', 'lapsed')),
      primary key (subject_id, event_id)
    );
    create index consent_confirmations_open on consent_confirmations (expires_at) where closed_at is null;
    create index permissions_unconfirmed on permissions (subject_id) where reason = 'DOUBLE_OPT_IN_MISSING';

    create table restriction_lift_notices (
      subject_id uuid not null references subjects,
      notice_id uuid not null,
      scope text[] not null,
      announced_at timestamptz not null,
      told_at timestamptz,
      message text,
      template bytea,
      lifted_at timestamptz,
      primary key (subject_id, notice_id)
    );
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop table restriction_lift_notices;
    drop index permissions_unconfirmed;
    drop table consent_confirmations;
  `)
