import type { Knex } from 'knex'

/**
 * What people ask of us and by when it is answered (GDPR Art. 12 to 22). The words of the person are sealed with their own
 * key, so that erasing the key leaves that something was asked and answered in time, which has to be proven for three years,
 * and not what they wrote. The due day is kept as it was told to the person: a calendar that is corrected later moves no
 * promise. A reference is unique within one person's; with another person's it is told apart by the person.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table privacy_requests (
      subject_id uuid not null references subjects,
      request_id uuid not null,
      reference text not null,
      asked_right text not null check (asked_right in (
        'access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'automated-decision'
      )),
      state text not null check (state in ('open', 'withdrawn')),
      channel text not null,
      opened_by text not null check (opened_by in ('subject', 'staff', 'client')),
      opened_by_actor text not null,
      touchpoint_id text,
      call_reference text,
      language text not null,
      identity_level text not null check (
        identity_level in ('none', 'contact-point', 'signed-in', 'signed-in-strongly')
      ),
      sealed_words bytea,
      received_at timestamptz not null,
      opened_at timestamptz not null,
      due_on date not null,
      attempted_at timestamptz,
      acknowledged_at timestamptz,
      acknowledged_by text check (acknowledged_by in ('email', 'sms', 'nowhere')),
      message text,
      template bytea,
      ended_at timestamptz,
      ended_by text check (ended_by in ('subject', 'not-mine')),
      primary key (subject_id, request_id),
      check ((acknowledged_at is null) = (acknowledged_by is null)),
      check ((state = 'open') = (ended_at is null)),
      check ((ended_at is null) = (ended_by is null))
    );
    create unique index privacy_requests_by_reference on privacy_requests (subject_id, reference);
    create index privacy_requests_due on privacy_requests (due_on, request_id) where state = 'open';
    create index privacy_requests_untold on privacy_requests (attempted_at nulls first, opened_at)
      where state = 'open' and acknowledged_by is null;
  `)

export const down = (knex: Knex) => knex.raw('drop table privacy_requests')
