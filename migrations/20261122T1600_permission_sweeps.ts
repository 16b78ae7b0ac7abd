import type { Knex } from 'knex'

/**
 * Permissions are kept answers. They run out with time, which the index on `valid_until` finds, and with a change of the
 * purpose or the law, which `permission_sweeps` follows: which state of the registry a purpose is decided under, since
 * when a kept answer counts for it, and how far everybody has been decided again. "Who may be mailed now" walks the
 * second index; it holds only what is permitted, and none of its columns changes while a yes stays a yes.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table permission_sweeps (
      purpose_id text primary key references purposes,
      mark text not null,
      since timestamptz not null,
      reached uuid
    );
    create index permissions_running_out on permissions (valid_until) where valid_until is not null;
    create index permissions_contactable on permissions (purpose_id, contact_channel, brand_id, subject_id)
      where decision = 'PERMIT';
  `)

export const down = (knex: Knex) =>
  knex.raw('drop index permissions_contactable, permissions_running_out; drop table permission_sweeps')
