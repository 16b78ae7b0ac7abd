import type { Command } from 'commander'
import { defaultApplicationRole, migrateToLatest, pendingMigrations } from '../platform/db/migrate.ts'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { locateDatabase } from './locate-database.ts'
import { openCommandLane } from './pg-command-lane.ts'
import type { Bind } from './program.ts'

/** The role the service connects with is the user of DATABASE_URL, when the owner's URL is given beside it. */
function applicationRole(url: string | undefined, ownerUrl: string | undefined): string {
  if (url === undefined || ownerUrl === undefined) return defaultApplicationRole
  return decodeURIComponent(new URL(url).username) || defaultApplicationRole
}

export function registerMigrate(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('migrate')
    .description('bring the database to the newest schema, as the owner of the tables (DATABASE_OWNER_URL)')
    .option('--check', 'change nothing; exit 3 when migrations are pending')
    .action(
      bind(async (out, options: { check?: boolean }) => {
        const { config, connection } = await locateDatabase(context.env, context.root, 'migrate')
        if (options.check !== true) {
          await (await openCommandLane(connection, 'migrate-reach')).destroy()
          const role = applicationRole(config.database.url, config.database.ownerUrl)
          const applied = await migrateToLatest(connection, { applicationRole: role })
          for (const name of applied) out.line(`${out.good('✔')} ${name}`)
          out.line(
            applied.length === 0 ? 'Nothing to do: the schema is the newest.' : `${applied.length} applied.`,
          )
          if (out.json) out.document({ applied })
          return exitCodes.ok
        }
        const knex = await openCommandLane(connection, 'migrate-check')
        try {
          const pending = await pendingMigrations(knex)
          for (const name of pending) out.line(`${out.bad('✖')} pending: ${name}`)
          if (pending.length === 0) out.line(`${out.good('✔')} No migration is pending.`)
          if (out.json) out.document({ pending })
          return pending.length === 0 ? exitCodes.ok : exitCodes.drift
        } finally {
          await knex.destroy()
        }
      }),
    )
}
