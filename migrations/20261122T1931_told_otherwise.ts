import type { Knex } from 'knex'

/**
 * By what way a person was told that a restriction will end: by our message, or by letter, by telephone or in person, which
 * the officer puts on record with the day. A person without an address here could otherwise be restricted for ever.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table restriction_lift_notices add column told_by text
      check (told_by in ('email', 'sms', 'letter', 'telephone', 'in-person'));
    update restriction_lift_notices set told_by = 'email' where told_at is not null;
  `)

export const down = (knex: Knex) => knex.raw('alter table restriction_lift_notices drop column told_by')
