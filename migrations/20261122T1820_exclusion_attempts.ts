import type { Knex } from 'knex'

/**
 * Questions to exclusion lists that brought no answer, so that whom a list says nothing about waits for its next turn behind
 * the others instead of being asked about again and again before them. An answer is a row of `exclusion_checks`, as before,
 * and decisions read nothing else. Of whoever could not be asked about at all the list and the contact channel are `*`.
 *
 * Lines of business that a listing is limited to are weighed when the answer arrives, against those of the operator, and are
 * no longer kept: what else somebody does not want advertising for is none of our business (GDPR Art. 5(1)(c)).
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table exclusion_attempts (
      subject_id uuid not null references subjects,
      list text not null,
      contact_channel text not null,
      contact_point uuid not null,
      asked_at timestamptz not null,
      outcome text not null check (outcome in ('refused', 'silent', 'unused', 'failed')),
      primary key (subject_id, list, contact_channel, contact_point)
    );
    alter table exclusion_checks drop column sectors;
    alter table exclusion_check_history drop column sectors;
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    alter table exclusion_check_history add column sectors text[] not null default '{}';
    alter table exclusion_checks add column sectors text[] not null default '{}';
    drop table exclusion_attempts;
  `)
