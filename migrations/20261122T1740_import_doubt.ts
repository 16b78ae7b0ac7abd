import type { Knex } from 'knex'

/**
 * After a broken quote, lines of a CSV file may be rows or text of the cell before. Up to which byte that is so is known
 * only by whoever read the quote, so an import that goes on in the middle has to find it beside its place.
 */
export const up = (knex: Knex) => knex.raw('alter table consent_imports add column doubt_until bigint')

export const down = (knex: Knex) => knex.raw('alter table consent_imports drop column doubt_until')
