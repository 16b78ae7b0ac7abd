import type { Knex } from 'knex'

/**
 * Which products are similar (LSSI 21.2, ePrivacy Art. 13(2)): a customer may be told of products like the one they bought, and
 * what is like what is a decision of the house and no property of the words. Dated, so that a decision of a past day is
 * explained by the families of that day: what is taken out of a family keeps its row, with the end.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table product_families (
      family text not null,
      category text not null,
      added_at timestamptz not null,
      removed_at timestamptz,
      primary key (family, category, added_at)
    );
    create unique index product_families_now on product_families (family, category) where removed_at is null;
  `)

export const down = (knex: Knex) => knex.raw('drop table product_families')
