import type { Knex } from 'knex'

/**
 * Systems that may receive data, the clients they connect with, and every release that was made. Client secrets are
 * kept as SHA-256 only (they are high-entropy); two may live at once so that one can be rotated without a gap.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table recipients (
      recipient_id text primary key,
      name text not null,
      role text not null check (role in ('internal', 'processor', 'controller')),
      legal_entity text,
      processing_contract boolean not null,
      third_country boolean not null,
      transfer_tool text,
      countries text[] not null default '{}',
      purposes text[] not null,
      created_at timestamptz not null
    );

    create table clients (
      client_id text primary key,
      recipient_id text not null references recipients,
      purpose_id text,
      first_party boolean not null,
      channel text not null,
      metadata jsonb not null,
      secret_hashes bytea[] not null default '{}',
      state text not null default 'active' check (state in ('active', 'disabled')),
      version bigint not null default 1,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );

    create table recipient_disclosures (
      subject_id uuid not null,
      disclosure_id uuid not null,
      recipient_id text not null,
      client_id text not null,
      purpose_id text not null,
      purpose_version integer not null,
      attributes text[] not null,
      exit text not null,
      basis text not null,
      evidence_event_id uuid,
      disclosed_at timestamptz not null,
      primary key (subject_id, disclosure_id)
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table recipient_disclosures, clients, recipients')
