import type { Knex } from 'knex'

/**
 * Asking again after a material change: for which version, from when to when, and how many there were to ask when it
 * began. Who was asked and what they said is counted from the ledger, so nothing here can differ from it.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table reconsent_campaigns (
      campaign_id uuid primary key,
      purpose_id text not null,
      purpose_version integer not null,
      opens_at timestamptz not null,
      closes_at timestamptz not null check (closes_at > opens_at),
      cool_off text not null,
      audience integer,
      created_at timestamptz not null,
      started_at timestamptz,
      ended_at timestamptz,
      foreign key (purpose_id, purpose_version) references purpose_versions
    );
    create unique index reconsent_campaigns_one_running on reconsent_campaigns (purpose_id)
      where started_at is not null and ended_at is null;
  `)

export const down = (knex: Knex) => knex.raw('drop table reconsent_campaigns')
