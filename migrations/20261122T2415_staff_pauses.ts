import type { Knex } from 'knex'

/**
 * The longest time that somebody was away from this session, in seconds. It only grows, so that a pause is not forgotten once
 * any page was opened after it: whoever sits down at a desk that was left alone cannot wake it by looking at another page
 * first. Pages with data of customers ask for a new sign-in after five minutes (ASVS 7.3.1).
 */
export const up = (knex: Knex) =>
  knex.raw('alter table staff_sessions add column longest_pause integer not null default 0')

export const down = (knex: Knex) => knex.raw('alter table staff_sessions drop column longest_pause')
