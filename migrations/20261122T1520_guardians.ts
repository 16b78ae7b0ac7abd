import type { Knex } from 'knex'

/**
 * Who holds parental responsibility over a child with an account (GDPR Art. 8). A guardian needs no account: they are
 * known through the child's register only, and what they showed is sealed with the child's key.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table guardian_invitations (
      subject_id uuid not null references subjects,
      invitation_id uuid not null,
      sealed_address bytea not null,
      language text not null,
      invited_at timestamptz not null,
      expires_at timestamptz not null,
      sent_at timestamptz,
      answered_at timestamptz,
      primary key (subject_id, invitation_id)
    );

    create table guardianships (
      subject_id uuid not null references subjects,
      guardian_id uuid not null,
      invitation_id uuid not null,
      grade text not null check (grade in ('mailbox', 'strong')),
      sealed_evidence bytea not null,
      verified_at timestamptz not null,
      ended_at timestamptz,
      primary key (subject_id, guardian_id),
      unique (subject_id, invitation_id)
    );
  `)

export const down = (knex: Knex) => knex.raw('drop table guardianships, guardian_invitations')
