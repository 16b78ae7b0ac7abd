import type { Knex } from 'knex'

/**
 * What a decision must know beside the ledger: sales and contracts (soft opt-in, Art. 6(1)(b)), our own reasons never to
 * write to somebody, and what the public exclusion lists answered and when. A nil contact point means "any".
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table purchases (
      subject_id uuid not null references subjects,
      purchase_id uuid not null,
      controller_id text not null,
      category text not null,
      opt_out_offered boolean not null,
      contact_point uuid,
      bought_at timestamptz not null,
      recorded_at timestamptz not null,
      primary key (subject_id, purchase_id)
    );

    create table contracts (
      subject_id uuid not null references subjects,
      contract_id uuid not null,
      controller_id text not null,
      began_at timestamptz not null,
      ended_at timestamptz,
      recorded_at timestamptz not null,
      primary key (subject_id, contract_id)
    );

    create table suppressions (
      subject_id uuid not null references subjects,
      suppression_id uuid not null,
      contact_channel text not null,
      contact_point uuid,
      reason text not null check (reason in ('complaint', 'hard_bounce', 'court')),
      source text not null,
      recorded_at timestamptz not null,
      lifted_at timestamptz,
      primary key (subject_id, suppression_id)
    );

    create table exclusion_checks (
      subject_id uuid not null references subjects,
      list text not null,
      contact_channel text not null,
      contact_point uuid not null,
      checked_at timestamptz not null,
      listed boolean not null,
      effective_from timestamptz,
      sectors text[] not null default '{}',
      revoked_at timestamptz,
      primary key (subject_id, list, contact_channel, contact_point)
    );
    create index exclusion_checks_by_age on exclusion_checks (checked_at);
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table exclusion_checks, suppressions, contracts, purchases')
