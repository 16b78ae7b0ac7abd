import type { Knex } from 'knex'

/**
 * What the protocol engine keeps. Every row that a bearer value opens is found by the SHA-256 of that value and its
 * payload is sealed, so a copy of the database holds no session, code or token that works. Consumed rows stay until
 * they expire, because a second use can only be told from a wrong value while the first is remembered. Columns that
 * change on every write have no index (HOT); the sweeper finds sessions by the day they expire on, which moves once a
 * day where `expires_at` moves with every touch.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table oidc_sessions (
      id_hash bytea primary key,
      session_uid text not null,
      subject_id uuid,
      payload bytea not null,
      device_label text,
      started_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null,
      expires_on date generated always as ((expires_at at time zone 'UTC')::date) stored
    ) with (fillfactor = 75);
    create index oidc_sessions_by_uid on oidc_sessions (session_uid);
    create index oidc_sessions_by_subject on oidc_sessions (subject_id) where subject_id is not null;
    create index oidc_sessions_expiring on oidc_sessions (expires_on);

    create table oidc_grants (
      grant_id text primary key,
      subject_id uuid not null,
      client_id text not null,
      session_uid text,
      payload bytea not null,
      expires_at timestamptz not null
    ) with (fillfactor = 90);
    create index oidc_grants_by_session on oidc_grants (session_uid, client_id);
    create index oidc_grants_by_subject on oidc_grants (subject_id, client_id);
    create index oidc_grants_expiring on oidc_grants (expires_at);

    create table oidc_authorizations (
      subject_id uuid not null,
      client_id text not null,
      granted jsonb not null,
      granted_at timestamptz not null,
      primary key (subject_id, client_id)
    );

    create table oidc_tokens (
      id_hash bytea primary key,
      kind text not null,
      client_id text,
      subject_id uuid,
      grant_id text,
      session_uid text,
      expires_with_session boolean not null default false,
      user_code_hash bytea,
      payload bytea not null,
      consumed_at timestamptz,
      expires_at timestamptz not null
    ) with (fillfactor = 85);
    create index oidc_tokens_by_grant on oidc_tokens (grant_id) where grant_id is not null;
    create index oidc_tokens_by_subject on oidc_tokens (subject_id) where subject_id is not null;
    create unique index oidc_tokens_by_user_code on oidc_tokens (user_code_hash) where user_code_hash is not null;
    create index oidc_tokens_expiring on oidc_tokens (expires_at);

    create table oidc_replays (
      id_hash bytea primary key,
      expires_at timestamptz not null
    );
    create index oidc_replays_expiring on oidc_replays (expires_at);

    create table oidc_pushed_requests (
      id_hash bytea primary key,
      payload bytea not null,
      consumed_at timestamptz,
      expires_at timestamptz not null
    ) with (fillfactor = 85);
    create index oidc_pushed_requests_expiring on oidc_pushed_requests (expires_at);

    create table oidc_interactions (
      id_hash bytea primary key,
      client_id text not null,
      prompt text not null,
      session_uid text,
      pushed_request_hash bytea,
      result_subject_id uuid,
      payload bytea not null,
      result bytea,
      expires_at timestamptz not null
    ) with (fillfactor = 75);
    create index oidc_interactions_expiring on oidc_interactions (expires_at);

    create table oidc_logout_notices (
      notice_id uuid primary key,
      client_id text not null,
      subject_id uuid not null,
      sid text,
      attempts integer not null default 0,
      created_at timestamptz not null,
      next_attempt_at timestamptz not null,
      expires_at timestamptz not null
    );
    create index oidc_logout_notices_due on oidc_logout_notices (next_attempt_at);

    create table signing_keys (
      kid text primary key,
      algorithm text not null,
      state text not null check (state in ('published', 'active', 'retiring', 'removed')),
      created_at timestamptz not null,
      since timestamptz not null,
      public_jwk jsonb not null,
      wrapped_private_jwk bytea not null,
      kek_id text not null
    );
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop table signing_keys, oidc_logout_notices, oidc_interactions, oidc_pushed_requests, oidc_replays, oidc_tokens,
      oidc_authorizations, oidc_grants, oidc_sessions
  `)
