import type { Knex } from 'knex'

/**
 * Token exchange (RFC 8693): what a client holds to act for somebody has a grant of its own, narrower than the one it came
 * from and gone with it. Whatever ends the first one, such as signing out, taking back what a client may do or a yes that was
 * not the person's, ends in the same statement all that was made of it.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table oidc_grants add column parent_grant_id text references oidc_grants on delete cascade;
    create index oidc_grants_by_parent on oidc_grants (parent_grant_id) where parent_grant_id is not null;
  `)

export const down = (knex: Knex) => knex.raw('alter table oidc_grants drop column parent_grant_id')
