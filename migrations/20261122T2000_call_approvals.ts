import type { Knex } from 'knex'

/**
 * What the engine's backchannel authentication request does not know: which agent asks, whether the person was told, what
 * they answered and how often the client asks (CIBA). One row per request, moved on by conditional updates alone, so that of
 * many hands on many processes one moves it. Found by hashes: whoever reads a copy of the table has neither the request's id
 * nor the address in the message. `subject_id` of a request about nobody is an id that nobody has, so that both are written
 * alike. Rows stay an hour longer than the request, so that "that was not me" is still heard. A notification of a
 * client stays until it was delivered or given up.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table oidc_call_requests (
      auth_req_hash bytea primary key,
      link_hash bytea not null,
      client_id text not null,
      subject_id uuid not null,
      agent_id uuid not null,
      touchpoint_id text,
      state text not null check (state in ('pending', 'approved', 'redeemed', 'declined', 'reported')),
      particulars bytea not null,
      started_at timestamptz not null,
      request_expires_at timestamptz not null,
      prompted_at timestamptz,
      grant_id text,
      interval_seconds integer not null,
      polled_at timestamptz,
      polled_hastily boolean not null default false,
      expires_at timestamptz not null
    ) with (fillfactor = 75);
    create unique index oidc_call_requests_by_link on oidc_call_requests (link_hash);
    create index oidc_call_requests_by_subject on oidc_call_requests (subject_id, prompted_at);
    create index oidc_call_requests_expiring on oidc_call_requests (expires_at);

    create table oidc_call_blocks (
      subject_id uuid not null,
      client_id text not null,
      blocked_at timestamptz not null,
      primary key (subject_id, client_id)
    );

    create table oidc_call_pings (
      ping_id uuid primary key,
      client_id text not null,
      particulars bytea not null,
      attempts integer not null default 0,
      created_at timestamptz not null,
      next_attempt_at timestamptz,
      deadline_at timestamptz not null,
      gave_up_at timestamptz,
      expires_at timestamptz not null
    ) with (fillfactor = 75);
    create index oidc_call_pings_due on oidc_call_pings (next_attempt_at) where next_attempt_at is not null;
    create index oidc_call_pings_expiring on oidc_call_pings (expires_at);
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table oidc_call_pings; drop table oidc_call_blocks; drop table oidc_call_requests')
