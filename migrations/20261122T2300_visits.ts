import type { Knex } from 'knex'

/**
 * Who stands at a kiosk now. A visit is found by the hash of its cookie, and goes with the grant it came of: whatever ends
 * the grant (signing out elsewhere, "that was not me", a lock, an erasure) takes the visit along in the same statement.
 * One grant opens one visit, so that tokens and proofs shown twice open nothing.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table oidc_visits (
      id_hash bytea primary key,
      grant_id text not null unique references oidc_grants on delete cascade,
      subject_id uuid not null,
      client_id text not null,
      touchpoint_id text not null,
      key_thumbprint text not null,
      assurance text not null,
      authenticated_at timestamptz not null,
      started_at timestamptz not null,
      ends_at timestamptz not null,
      expires_at timestamptz not null
    ) with (fillfactor = 75);
    create index oidc_visits_by_client on oidc_visits (client_id);
    create index oidc_visits_expiring on oidc_visits (expires_at);
  `)

export const down = (knex: Knex) => knex.raw('drop table oidc_visits')
