import type { Knex } from 'knex'
import { dataMap } from './data-map/index.ts'

const identifier = /^[a-z_][a-z0-9_]*$/

const privileges = {
  append: 'select, insert',
  change: 'select, insert, update, delete',
  read: 'select',
} as const

/**
 * Gives the application's role what the data map says it needs and takes everything else away: facts and proofs are
 * append-only for it (R89), because it holds no UPDATE, DELETE or TRUNCATE on them. Run after every migration.
 */
export async function grantApplicationRole(knex: Knex, role: string): Promise<void> {
  if (!identifier.test(role))
    throw new Error(`Role name "${role}" must be lower-case letters, digits and underscores.`)
  await knex.raw(`grant usage on schema public to ${role}`)
  await knex.raw(`revoke all on all tables in schema public from ${role}`)
  for (const [table, entry] of Object.entries(dataMap)) {
    await knex.raw(`grant ${privileges[entry.application]} on ${table} to ${role}`)
  }
  await knex.raw(`grant select on placet_migrations to ${role}`)
}
