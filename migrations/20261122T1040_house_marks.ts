import type { Knex } from 'knex'

/**
 * What this database was begun with, so that a process with other keys does not start: under another master secret no
 * blind index would fit, every address would look unknown, and people would register a second time.
 */
export const up = (knex: Knex) =>
  knex.raw('create table house_marks (name text primary key, value text not null)')

export const down = (knex: Knex) => knex.raw('drop table house_marks')
