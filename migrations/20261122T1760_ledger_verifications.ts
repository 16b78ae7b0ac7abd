import type { Knex } from 'knex'

/**
 * When the ledger was last proven, from which entry on, and what was found: the next proof goes on from the last good one, and
 * the data protection officer sees how old it is. Appended only: a fault that was found stays on record.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create table consent_log_verifications (
      verified_at timestamptz primary key,
      since bigint not null,
      size bigint not null,
      faults bigint not null,
      findings jsonb not null
    );
    create trigger append_only before update or delete or truncate on consent_log_verifications
      for each statement execute function refuse_change();
  `)

export const down = (knex: Knex) => knex.raw('drop table consent_log_verifications')
