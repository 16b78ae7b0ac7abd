import type { Knex } from 'knex'

/**
 * What a subject signs in with. Passkeys are found by credential id, which must be unique in the whole house
 * (WebAuthn L3 7.1 step 26); passwords are argon2id with a pepper that is not in the database. One-time codes and
 * challenges are rows because they are single-use: consumed by one UPDATE … WHERE consumed_at IS NULL.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table passkeys (
      subject_id uuid not null references subjects,
      passkey_id uuid not null,
      credential_id bytea not null,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null default '{}',
      backup_eligible boolean not null,
      backed_up boolean not null,
      aaguid uuid not null,
      name text not null,
      created_at timestamptz not null,
      last_used_at timestamptz,
      primary key (subject_id, passkey_id)
    ) with (fillfactor = 85);

    create table passkey_lookups (
      credential_id bytea primary key check (octet_length(credential_id) <= 1023),
      subject_id uuid not null,
      passkey_id uuid not null
    );

    create table passwords (
      subject_id uuid primary key references subjects,
      hash text not null,
      changed_at timestamptz not null
    );

    create table sign_in_failures (
      account_index bytea primary key,
      failures integer not null,
      last_failed_at timestamptz not null,
      locked_until timestamptz
    ) with (fillfactor = 85);

    create table one_time_codes (
      code_id uuid primary key,
      purpose text not null,
      recipient_index bytea not null,
      code_hmac bytea not null,
      guesses integer not null default 0,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      consumed_at timestamptz
    ) with (fillfactor = 85);
    create index one_time_codes_by_recipient on one_time_codes (recipient_index, purpose);

    create table webauthn_challenges (
      challenge_hash bytea primary key,
      purpose text not null,
      bound_to text not null,
      expires_at timestamptz not null,
      consumed_at timestamptz
    );

    create table rate_limits (
      key bytea primary key,
      points integer not null,
      expires_at timestamptz not null
    ) with (fillfactor = 85);

    create table idempotency_keys (
      caller text not null,
      key_hash bytea not null,
      request_hash bytea not null,
      status integer,
      answer jsonb,
      created_at timestamptz not null,
      completed_at timestamptz,
      primary key (caller, key_hash)
    );
  `)

export const down = (knex: Knex) =>
  knex.raw(`drop table idempotency_keys, rate_limits, webauthn_challenges, one_time_codes, sign_in_failures,
    passwords, passkey_lookups, passkeys`)
