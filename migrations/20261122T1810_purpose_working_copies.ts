import type { Knex } from 'knex'

/**
 * The next version of a purpose while somebody is still writing it. It is nobody's registry: nothing is asked or decided
 * by it, so it may be changed and thrown away. `revision` is new at every save, so that no form saves over what it has not shown.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table purpose_working_copies (
      purpose_id text primary key,
      revision uuid not null,
      document jsonb not null,
      saved_by text not null,
      saved_at timestamptz not null
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table purpose_working_copies')
