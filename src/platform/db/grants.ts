import type { Knex } from 'knex'
import { dataMap } from './data-map/index.ts'

const identifier = /^[a-z_][a-z0-9_]{0,62}$/

const privileges = {
  append: 'select, insert',
  advance: 'select, insert, update',
  change: 'select, insert, update, delete',
  read: 'select',
} as const

/** Role names go into statements as they are, since PostgreSQL takes no parameters there. */
export function checkRoleName(role: string): void {
  if (!identifier.test(role))
    throw new Error(`Role name "${role}" must be lower-case letters, digits and underscores.`)
}

/**
 * Gives the application's role what the data map says it needs and takes everything else away: facts and proofs are
 * append-only for it (R89), because it holds no UPDATE, DELETE or TRUNCATE on them. Run after every migration, in one transaction, so that processes at
 * work never meet the moment between taking and giving.
 */
export async function grantApplicationRole(knex: Knex.Transaction, role: string): Promise<void> {
  checkRoleName(role)
  await knex.raw(`grant usage on schema public to ${role}`)
  await knex.raw(`revoke all on all tables in schema public from ${role}`)
  for (const [table, entry] of Object.entries(dataMap)) {
    await knex.raw(`grant ${privileges[entry.application]} on ${table} to ${role}`)
  }
  await knex.raw(`grant select on placet_migrations to ${role}`)
}
