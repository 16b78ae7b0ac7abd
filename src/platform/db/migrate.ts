import type { Knex } from 'knex'
import type { DatabaseConnection } from './connection.ts'
import { checkRoleName, grantApplicationRole } from './grants.ts'
import { openLane } from './lanes.ts'
import { migrationSource } from './migration-source.ts'
import { isDuplicateRole } from './pg-errors.ts'

/** The role the application connects with on databases we make ourselves (embedded, tests). */
export const defaultApplicationRole = 'placet_app'

const settings: Knex.MigratorConfig = { migrationSource, tableName: 'placet_migrations' }

/** Long changes may run, but none may queue in front of the application's statements for a lock (P16). */
const deadlines = { statement_timeout: 0, idle_in_transaction_session_timeout: 0, lock_timeout: 5_000 }

async function ensureRole(knex: Knex, role: string): Promise<void> {
  const { rows } = await knex.raw('select 1 from pg_roles where rolname = ?', [role])
  if (rows.length > 0) return
  await knex.raw(`create role ${role} login`).catch((error: unknown) => {
    // Roles are the cluster's: somebody who migrates another database of it may have been faster.
    if (!isDuplicateRole(error)) throw error
  })
}

/**
 * Brings the database to the newest schema and gives the application's role its privileges. Safe to run from several
 * processes at once: an advisory lock lets one work and the others wait. Returns the names of the migrations applied.
 */
export async function migrateToLatest(
  connection: DatabaseConnection,
  options: { readonly applicationRole?: string } = {},
): Promise<readonly string[]> {
  const role = options.applicationRole ?? defaultApplicationRole
  checkRoleName(role)
  const knex = openLane(connection, 'migrate', 2, deadlines)
  try {
    return await knex.transaction(async (lock) => {
      await lock.raw('set local lock_timeout = 0')
      await lock.raw("select pg_advisory_xact_lock(hashtext('placet.migrate'))")
      const [, applied] = (await knex.migrate.latest(settings)) as [number, string[]]
      await ensureRole(knex, role)
      await knex.transaction((trx) => grantApplicationRole(trx, role))
      return applied
    })
  } finally {
    await knex.destroy()
  }
}

/** Names of migrations that the database has not seen; `placet serve` refuses to start while there are any. */
export async function pendingMigrations(knex: Knex): Promise<readonly string[]> {
  const known = (await migrationSource.getMigrations([])).map((name) =>
    migrationSource.getMigrationName(name),
  )
  const { rows: tables } = await knex.raw("select to_regclass('placet_migrations') as found")
  if (tables[0]?.found === null) return known
  const { rows } = await knex.raw('select name from placet_migrations')
  const seen = new Set(rows.map((row: { name: string }) => row.name))
  return known.filter((name) => !seen.has(name))
}
