import type { Knex } from 'knex'

/**
 * A call back is proven by a call that went out, and by one such call once. What was told in calls is swept by when it was
 * told, on an index.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table calls add column outgoing boolean not null default false;
    create unique index call_checks_by_second_call on call_checks (ref) where kind = 'call-back';
    create index call_acts_by_age on call_acts (recorded_at);
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    drop index call_acts_by_age, call_checks_by_second_call;
    alter table calls drop column outgoing;
  `)
