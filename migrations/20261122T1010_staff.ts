import type { Knex } from 'knex'

/** People who work here: apart from customers, with roles that are scoped to a touchpoint (null: the whole house). */
export const up = (knex: Knex) =>
  knex.raw(`
    create table staff (
      staff_id uuid primary key,
      login text not null unique,
      display_name text not null,
      state text not null default 'active' check (state in ('active', 'disabled')),
      created_at timestamptz not null
    );

    create table staff_roles (
      staff_id uuid not null references staff,
      role text not null check (role in ('admin', 'dpo', 'agent', 'store-manager', 'store-staff')),
      touchpoint_id text references touchpoints,
      granted_at timestamptz not null,
      unique nulls not distinct (staff_id, role, touchpoint_id)
    );

    create table staff_passkeys (
      credential_id bytea primary key check (octet_length(credential_id) <= 1023),
      staff_id uuid not null references staff,
      public_key bytea not null,
      counter bigint not null,
      transports text[] not null default '{}',
      backup_eligible boolean not null,
      backed_up boolean not null,
      name text not null,
      created_at timestamptz not null,
      last_used_at timestamptz
    );

    create table staff_enrolments (
      token_hash bytea primary key,
      staff_id uuid not null references staff,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      consumed_at timestamptz
    );

    create table staff_sessions (
      session_hash bytea primary key,
      staff_id uuid not null references staff,
      assurance text not null,
      authenticated_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz
    ) with (fillfactor = 85);
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table staff_sessions, staff_enrolments, staff_passkeys, staff_roles, staff')
