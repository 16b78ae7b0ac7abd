import type { Knex } from 'knex'

/**
 * A recipient may be the custodian: the one system that reaches blocked data, for authorities and for answering the person
 * (LOPDGDD art. 32). It is asked with the role it is registered with, so nobody can claim it in a question.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    alter table recipients drop constraint recipients_role_check;
    alter table recipients add constraint recipients_role_check
      check (role in ('internal', 'custodian', 'processor', 'controller'));
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    update recipients set role = 'internal' where role = 'custodian';
    alter table recipients drop constraint recipients_role_check;
    alter table recipients add constraint recipients_role_check check (role in ('internal', 'processor', 'controller'));
  `)
