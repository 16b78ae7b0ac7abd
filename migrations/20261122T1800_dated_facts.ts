import type { Knex } from 'knex'

/**
 * What a decision rests on and used to be overwritten is kept with its dates, so that it can be told what was known on a
 * past day: state and residence of a person, an identifier that was forgotten (without its value), every answer of an
 * exclusion list, and how a recipient was registered. Of what is overwritten a row holds the value of before, until when
 * it stood: what stood at an instant is the value of the first change after it, or today's. So nobody who never changes has
 * a row, and signing up writes nothing more than it did.
 *
 * Whoever was here already may have changed before this migration, and of that nothing is known: the mark says since when
 * changes are dated. A house that begins with it needs none.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table subject_changes (
      subject_id uuid not null references subjects,
      aspect text not null check (aspect in ('state', 'jurisdiction')),
      changed_at timestamptz not null,
      was text not null,
      primary key (subject_id, aspect, changed_at)
    );

    create table former_identifiers (
      subject_id uuid not null references subjects,
      identifier_id uuid not null,
      kind text not null,
      created_at timestamptz not null,
      removed_at timestamptz not null,
      primary key (subject_id, identifier_id)
    );

    create table exclusion_check_history (
      subject_id uuid not null references subjects,
      list text not null,
      contact_channel text not null,
      contact_point uuid not null,
      checked_at timestamptz not null,
      listed boolean not null,
      effective_from timestamptz,
      sectors text[] not null default '{}',
      revoked_at timestamptz,
      primary key (subject_id, list, contact_channel, contact_point, checked_at)
    );
    insert into exclusion_check_history
        (subject_id, list, contact_channel, contact_point, checked_at, listed, effective_from, sectors, revoked_at)
      select subject_id, list, contact_channel, contact_point, checked_at, listed, effective_from, sectors, revoked_at
        from exclusion_checks;

    create table recipient_changes (
      recipient_id text not null references recipients,
      changed_at timestamptz not null,
      was jsonb not null,
      primary key (recipient_id, changed_at)
    );

    insert into house_marks (name, value)
      select 'dated-facts-since', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
       where exists (select 1 from subjects);
  `)

export const down = (knex: Knex) =>
  knex.raw(`
    delete from house_marks where name = 'dated-facts-since';
    drop table recipient_changes, exclusion_check_history, former_identifiers, subject_changes;
  `)
