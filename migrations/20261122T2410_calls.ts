import type { Knex } from 'knex'

/**
 * Calls that are taken by our own agents. A call holds no number and no name: of the caller's number only the blind index
 * stays, so that a second call can be compared with the first. Whoever is found is a candidate of this call under a name of
 * its own; one of them is chosen, for a reason. At most one check runs in a call, and what was recorded in a call is kept
 * with the person, so that they can confirm it or say that it was not them. Look-ups are counted by agent and day.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table calls (
      call_id uuid primary key,
      reference text not null,
      external_call text,
      client_id text,
      agent_id uuid not null,
      touchpoint_id text not null,
      language text not null,
      state text not null check (state in ('open', 'dropped', 'ended')),
      match text not null check (match in ('none', 'one', 'many')),
      caller_index bytea,
      subject_id uuid,
      reason_code text,
      reason_words text,
      assurance text not null check (assurance in ('none', 'number-match', 'code', 'call-back', 'own-device')),
      verified_at timestamptz,
      failed_checks integer not null default 0,
      messages jsonb not null default '[]',
      summary text,
      opened_at timestamptz not null,
      dropped_at timestamptz,
      ended_at timestamptz,
      expires_at timestamptz not null
    ) with (fillfactor = 75);
    create unique index calls_by_reference on calls (reference);
    create unique index calls_by_external on calls (agent_id, external_call) where external_call is not null;
    create index calls_live on calls (opened_at) where state <> 'ended';
    create index calls_by_subject on calls (subject_id, opened_at) where subject_id is not null;
    create index calls_expiring on calls (expires_at);

    create table call_candidates (
      call_id uuid not null references calls on delete cascade,
      candidate_key text not null,
      subject_id uuid not null,
      found_by text not null,
      found_at timestamptz not null,
      primary key (call_id, candidate_key),
      unique (call_id, subject_id)
    );

    create table call_checks (
      call_id uuid not null references calls on delete cascade,
      check_id uuid not null,
      kind text not null check (kind in ('code', 'call-back', 'own-device')),
      contact_point uuid,
      ref text,
      state text not null check (state in ('open', 'passed', 'failed', 'over')),
      wrong integer not null default 0,
      started_at timestamptz not null,
      ended_at timestamptz,
      primary key (call_id, check_id)
    ) with (fillfactor = 75);
    create unique index call_checks_open on call_checks (call_id) where state = 'open';

    create table call_acts (
      subject_id uuid not null references subjects,
      act_id uuid not null,
      call_id uuid not null,
      reference text not null,
      agent_id uuid not null,
      touchpoint_id text not null,
      language text not null,
      answers jsonb not null,
      particulars jsonb not null,
      told_events jsonb not null,
      command_key bytea not null,
      recorded_at timestamptz not null,
      sent_at timestamptz,
      sent_message text,
      confirmed_at timestamptz,
      own_answers jsonb,
      own_events jsonb,
      disowned_at timestamptz,
      expires_at timestamptz not null,
      primary key (subject_id, act_id),
      unique (subject_id, command_key)
    );

    create table call_agent_days (
      agent_id uuid not null,
      day date not null,
      look_ups integer not null default 0,
      verified integer not null default 0,
      alarmed_at timestamptz,
      primary key (agent_id, day)
    ) with (fillfactor = 75);
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table call_agent_days, call_acts, call_checks, call_candidates, calls')
