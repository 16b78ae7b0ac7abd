import type { Knex } from 'knex'

/**
 * A marketing client asks for one purpose on one contact channel, so both are part of its registration: a consent for
 * e-mail must never be answered to the client that telephones. Disclosures are read back per subject, newest first.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table clients
      add column contact_channel text not null default 'none',
      add column brand_id text references brands;
    create index recipient_disclosures_by_recipient on recipient_disclosures (subject_id, recipient_id, disclosure_id);
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index recipient_disclosures_by_recipient;
    alter table clients drop column contact_channel, drop column brand_id;
  `)
