import type { Knex } from 'knex'

/**
 * That two accounts are of one person, or are not, is a fact with an author, a rule and a proof: it is appended, and ends
 * by another fact. Each link stands once beside either subject, so that what concerns a person is found by their own key.
 * `subject_clusters` is what follows from the links in force: who is one person with whom. It is computed in the
 * transaction of each link and can be computed again from the links alone; whoever is nobody else has no row in it.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table subject_links (
      subject_id uuid not null references subjects,
      link_id uuid not null,
      other_subject_id uuid not null check (other_subject_id <> subject_id),
      kind text not null check (kind in ('same-person', 'different-people')),
      assurance text check (assurance in ('L1', 'L2')),
      rule text not null,
      confidence smallint not null check (confidence between 0 and 100),
      contact_point uuid,
      other_contact_point uuid,
      asserted_by text not null,
      proof jsonb not null,
      asserted_at timestamptz not null,
      primary key (subject_id, link_id),
      check ((kind = 'same-person') = (assurance is not null)),
      check ((contact_point is null) = (other_contact_point is null))
    );

    create table subject_link_ends (
      subject_id uuid not null,
      link_id uuid not null,
      ended_by text not null,
      reason text not null,
      mistaken boolean not null,
      ended_at timestamptz not null,
      primary key (subject_id, link_id),
      foreign key (subject_id, link_id) references subject_links
    );

    create table subject_clusters (
      subject_id uuid primary key references subjects,
      canonical_subject_id uuid not null,
      members uuid[] not null,
      changed_at timestamptz not null,
      check (cardinality(members) > 1 and members[1] = canonical_subject_id and subject_id = any (members))
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table subject_clusters, subject_link_ends, subject_links')
