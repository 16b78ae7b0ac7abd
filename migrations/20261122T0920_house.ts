import type { Knex } from 'knex'

/** Who answers (controller), what the customer sees (brand), and where it happens (touchpoint): small reference tables. */
export const up = (knex: Knex) =>
  knex.raw(`
    create table controllers (
      controller_id text primary key,
      name text not null,
      address text not null,
      contact text not null,
      dpo_contact text not null,
      authority text not null,
      country text not null
    );

    create table brands (
      brand_id text primary key,
      controller_id text not null references controllers,
      name text not null,
      theme jsonb not null default '{}'
    );

    create table touchpoints (
      touchpoint_id text primary key,
      parent_id text references touchpoints,
      kind text not null check (kind in ('brand', 'region', 'store', 'terminal', 'desk')),
      name text not null
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table touchpoints, brands, controllers')
