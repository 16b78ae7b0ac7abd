import type { Knex } from 'knex'

/**
 * A repeated command gets the very answer of the first (R92), so the answer is kept as its text: jsonb sorts members and
 * rewrites numbers. Keys are swept by age, 48 hours after they were made.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table idempotency_keys alter column answer type text using answer::text;
    create index idempotency_keys_by_age on idempotency_keys (created_at);
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index idempotency_keys_by_age;
    alter table idempotency_keys alter column answer type jsonb using answer::jsonb;
  `)
