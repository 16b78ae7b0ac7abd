import type { Knex } from 'knex'

/**
 * What the officer's pages say about everybody, counted in the background and kept with the moment it was counted: a page
 * that counted by itself would take, at a million people, longer than a request may. The two indexes serve the counting:
 * a personal no by purpose (a yes is served by permissions_contactable), and the acts of a campaign's weeks; a block range
 * index, because acts are appended in the order of time and each insert would pay for a tree.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table house_counts (
      name text primary key,
      numbers jsonb,
      counted_at timestamptz,
      renew_at timestamptz not null
    );
    create index permissions_refused on permissions (purpose_id, subject_id)
      where reason in ('CONSENT_REFUSED', 'CONSENT_WITHDRAWN', 'CONSENT_REVOKED', 'OBJECTED');
    create index consent_events_recorded on consent_events using brin (recorded_at) with (pages_per_range = 32);
  `)

export const down = (knex: Knex) =>
  knex.raw('drop index permissions_refused, consent_events_recorded; drop table house_counts')
