import type { Knex } from 'knex'

/**
 * Touchpoints get a place, networks and an end; terminals a key each, which they bring with a code of a member of staff.
 * Nothing is deleted from `touchpoints`, so that a code that stands in old proofs never means another place. An event of
 * the ledger says where it was told, because reports count by place and its evidence is sealed.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table touchpoints
      add city text,
      add country text,
      add networks text[] not null default '{}',
      add version bigint not null default 1,
      add changed_at timestamptz not null default now(),
      add closed_at timestamptz;

    create table terminals (
      touchpoint_id text primary key references touchpoints,
      key_thumbprint text not null,
      enrolled_at timestamptz not null,
      revoked_at timestamptz
    );

    create table terminal_codes (
      code_hash bytea primary key,
      touchpoint_id text not null references touchpoints,
      issued_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      consumed_at timestamptz
    );
    create index on terminal_codes (touchpoint_id);

    alter table consent_events add touchpoint text;
    create index on consent_events (touchpoint, recorded_at) where touchpoint is not null;
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    alter table consent_events drop touchpoint;
    drop table terminal_codes, terminals;
    alter table touchpoints
      drop city, drop country, drop networks, drop version, drop changed_at, drop closed_at;
  `)
