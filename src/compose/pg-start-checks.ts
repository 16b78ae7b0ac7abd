import { PlacetError } from '../kernel/errors.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'
import { openLane } from '../platform/db/lanes.ts'
import { pendingMigrations } from '../platform/db/migrate.ts'
import { translateDatabaseError } from '../platform/db/pg-errors.ts'
import { embeddedClusterName } from '../platform/embedded-postgres/cluster-name.ts'

const refuse = (code: string, detail: string) => new PlacetError('refused', code, detail)

/**
 * What must be true of the database before a process serves anybody (R120): the schema is the one this release knows,
 * and the role cannot rewrite its own proofs. What to set for each is said with the other fixes, in `explain`.
 */
export async function checkDatabaseBeforeStart(
  connection: DatabaseConnection,
  { production }: { readonly production: boolean },
): Promise<void> {
  const knex = openLane(connection, 'start', 1)
  try {
    const { rows } = await knex.raw(
      `select r.rolsuper as superuser, r.rolname as role, current_setting('server_version_num')::int as version,
              current_setting('cluster_name') as cluster
         from pg_roles r where r.rolname = current_user`,
    )
    const { superuser, role, version, cluster } = rows[0] as {
      superuser: boolean
      role: string
      version: number
      cluster: string
    }
    if (production && cluster === embeddedClusterName) {
      throw refuse(
        'database-embedded',
        'The embedded database is for trying on this machine, and keeps nothing safe.',
      )
    }
    if (version < 150_000) {
      throw refuse('database-too-old', 'The database is older than PostgreSQL 15.')
    }
    if (superuser) {
      throw refuse('database-superuser', `The role "${role}" of DATABASE_URL is a superuser.`)
    }
    const pending = await pendingMigrations(knex)
    if (pending.length > 0) {
      throw refuse(
        'migrations-pending',
        `${pending.length} migrations are pending, the first is ${pending[0]}.`,
      )
    }
    const { rows: owned } = await knex.raw(
      "select count(*)::int as tables from pg_tables where schemaname = 'public' and tableowner = current_user",
    )
    if (owned[0].tables > 0) {
      throw refuse(
        'database-owner',
        `The role "${role}" of DATABASE_URL owns the tables and could rewrite the ledger.`,
      )
    }
  } catch (error) {
    throw translateDatabaseError(error)
  } finally {
    await knex.destroy()
  }
}
