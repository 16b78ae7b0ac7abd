import type { Knex } from 'knex'

/**
 * What the engine's device code does not know: who claimed the code on a kiosk's screen, how often the kiosk asks, and why a
 * flow ended. One row per code, moved on by conditional updates alone, so that of many hands on many processes one moves
 * it. It is found by hashes: whoever reads a copy of the table has neither code. Rows stay until the code would have
 * expired plus an hour, so that a customer who says "that was not me" on the last page is still heard.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table oidc_device_flows (
      device_code_hash bytea primary key,
      user_code_hash bytea not null,
      client_id text not null,
      touchpoint_id text not null,
      state text not null check (state in ('shown', 'claimed', 'approved', 'redeemed', 'declined', 'killed')),
      particulars bytea not null,
      started_at timestamptz not null,
      claim_until timestamptz not null,
      code_expires_at timestamptz not null,
      claimed_by uuid,
      claimed_network text,
      grant_id text,
      ended_because text,
      interval_seconds integer not null,
      polled_at timestamptz,
      polled_hastily boolean not null default false,
      expires_at timestamptz not null
    ) with (fillfactor = 75);
    create unique index oidc_device_flows_by_user_code on oidc_device_flows (user_code_hash);
    create index oidc_device_flows_by_client on oidc_device_flows (client_id, started_at);
    create index oidc_device_flows_by_subject on oidc_device_flows (claimed_by) where claimed_by is not null;
    create index oidc_device_flows_expiring on oidc_device_flows (expires_at);
  `)

export const down = (knex: Knex) => knex.raw('drop table oidc_device_flows')
