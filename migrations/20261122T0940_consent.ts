import type { Knex } from 'knex'

/**
 * Purposes and their versions, the exact texts shown, the append-only ledger of consent events, what follows from it
 * (permissions), and the receipts customers keep. `consent_events` is append-only for the application's role: see
 * grants.ts. A contact point of nil means "any".
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table purposes (
      purpose_id text primary key,
      class text not null,
      position integer not null,
      created_at timestamptz not null,
      retired_at timestamptz
    );

    create table purpose_versions (
      purpose_id text not null references purposes,
      version integer not null,
      state text not null check (state in ('draft', 'active', 'superseded', 'retired')),
      bases text[] not null,
      attributes text[] not null,
      contact_channels text[] not null,
      recipients text[] not null,
      retention text not null,
      reconsent_min integer not null,
      restriction_exempt text,
      assessment jsonb,
      dpv text not null,
      change_class text not null check (change_class in ('editorial', 'material')),
      published_at timestamptz,
      primary key (purpose_id, version)
    );
    create unique index purpose_versions_one_active on purpose_versions (purpose_id) where state = 'active';

    create table notices (
      notice_id text not null,
      version integer not null,
      language text not null,
      surface text not null,
      purpose_id text not null,
      purpose_version integer not null,
      title text not null,
      summary text not null,
      text text not null,
      text_sha256 bytea not null,
      published_at timestamptz not null,
      primary key (notice_id, version, language, surface),
      foreign key (purpose_id, purpose_version) references purpose_versions
    );

    create table consent_events (
      subject_id uuid not null references subjects,
      event_id uuid not null,
      type text not null,
      controller_id text not null,
      brand_id text not null,
      purpose_id text not null,
      contact_channel text not null,
      contact_point uuid,
      purpose_version integer not null,
      notice_id text,
      notice_version integer,
      notice_language text,
      notice_sha256 bytea,
      default_state text check (default_state = 'unticked'),
      actor text not null,
      consent_type text,
      attributes text[] not null default '{}',
      sources text[],
      recipients text[],
      jurisdiction text not null,
      channel text not null,
      surface text not null,
      sealed_evidence bytea not null,
      occurred_at timestamptz not null,
      recorded_at timestamptz not null,
      primary key (subject_id, event_id)
    );

    create table permissions (
      subject_id uuid not null references subjects,
      controller_id text not null,
      brand_id text not null,
      purpose_id text not null,
      contact_channel text not null,
      contact_point uuid not null default '00000000-0000-0000-0000-000000000000',
      decision text not null check (decision in ('PERMIT', 'DENY')),
      reason text not null,
      basis text,
      evidence_event_id uuid,
      valid_until timestamptz,
      decided_at timestamptz not null,
      primary key (subject_id, controller_id, brand_id, purpose_id, contact_channel, contact_point)
    ) with (fillfactor = 85);

    create table receipts (
      subject_id uuid not null references subjects,
      receipt_id uuid not null,
      event_ids uuid[] not null,
      sealed_jws bytea not null,
      issued_at timestamptz not null,
      primary key (subject_id, receipt_id)
    );
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table receipts, permissions, consent_events, notices, purpose_versions, purposes')
