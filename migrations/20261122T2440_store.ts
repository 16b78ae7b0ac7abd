import type { Knex } from 'knex'

/**
 * What a shop's staff begins and the customer finishes. An enrolment knows where it began and who began it, and holds what was
 * answered before the address was proven, sealed with the person's own key; one of an address that has an account already is
 * written alike, under an id that nobody has and without anything sealed. A receipt by mail knows nobody: the address is
 * sealed with the house's key and gone with the row, as soon as the mail has left or a day is over. An alarm about a
 * store stands once for each week.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table store_enrolments (
      subject_id uuid not null,
      enrolment_id uuid not null,
      identifier_id uuid,
      newcomer boolean not null,
      touchpoint_id text not null references touchpoints,
      staff_id uuid not null,
      language text not null,
      created_at timestamptz not null,
      opened_at timestamptz,
      answered_at timestamptz,
      sealed_answers bytea,
      outcome text check (outcome in ('proven', 'overtaken', 'disowned')),
      ended_at timestamptz,
      expires_at timestamptz not null,
      primary key (subject_id, enrolment_id)
    ) with (fillfactor = 85);
    create index store_enrolments_expiring on store_enrolments (expires_at);

    create table store_receipt_mails (
      receipt_mail_id uuid primary key,
      sealed_mail text not null,
      created_at timestamptz not null,
      next_attempt_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index store_receipt_mails_due on store_receipt_mails (next_attempt_at);

    create table store_rate_alarms (
      touchpoint_id text not null references touchpoints,
      week text not null,
      finding text not null,
      raised_at timestamptz not null,
      primary key (touchpoint_id, week)
    );
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table store_rate_alarms; drop table store_receipt_mails; drop table store_enrolments')
