import type { Knex } from 'knex'

/**
 * Browsers that a person lets us ring (Web Push, RFC 8030), and the keys by which push services know the house (VAPID,
 * RFC 8292). Address and keys of a subscription are sealed with the person's own key; the browser is found again, in the
 * whole house, by a keyed index of its address, because one browser rings for one person at a time. A subscription hangs on
 * the key it was made with, so an older key goes on signing for its own until they end; one key at most is given to new ones.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table push_browsers (
      subject_id uuid not null references subjects,
      browser_id uuid not null,
      endpoint_index bytea not null,
      key_id text not null,
      sealed_subscription bytea not null,
      created_at timestamptz not null,
      primary key (subject_id, browser_id)
    );

    create table push_lookups (
      endpoint_index bytea primary key,
      subject_id uuid not null,
      browser_id uuid not null
    );

    create table push_keys (
      key_id text primary key,
      public_key text not null,
      wrapped_private_key bytea not null,
      kek_id text not null,
      created_at timestamptz not null,
      retired_at timestamptz
    );
    create unique index push_keys_current on push_keys ((retired_at is null)) where retired_at is null;
  `)

export const down = (knex: Knex) =>
  knex.raw('drop table push_keys; drop table push_lookups; drop table push_browsers')
