import type { Knex } from 'knex'

/**
 * Soft opt-in permits one kind of product and not another (LSSI 21.2), so a kept permission says for what category of
 * campaign it was decided: `*` for a question that names none, and beside it one row for each category that is like
 * something the person bought. See ADR 0025.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table permissions add column campaign_category text not null default '*';
    alter table permissions drop constraint permissions_pkey;
    alter table permissions add primary key
      (subject_id, controller_id, brand_id, purpose_id, contact_channel, contact_point, campaign_category);
    drop index permissions_contactable;
    create index permissions_contactable
      on permissions (purpose_id, contact_channel, brand_id, subject_id, campaign_category)
      where decision = 'PERMIT';
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    delete from permissions where campaign_category <> '*';
    drop index permissions_contactable;
    create index permissions_contactable on permissions (purpose_id, contact_channel, brand_id, subject_id)
      where decision = 'PERMIT';
    alter table permissions drop constraint permissions_pkey;
    alter table permissions add primary key
      (subject_id, controller_id, brand_id, purpose_id, contact_channel, contact_point);
    alter table permissions drop column campaign_category;
  `)
