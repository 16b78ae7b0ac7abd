import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { locateDatabase } from './locate-database.ts'
import { verifyEveryStream } from './pg-audit-streams.ts'
import { openCommandLane } from './pg-command-lane.ts'
import type { Bind } from './program.ts'

export function registerAudit(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('audit')
    .description('who did what to whose data')
    .command('verify')
    .description('check the hash chain of every stream; exit 1 when one is broken')
    .action(
      bind(async (out) => {
        const { connection } = await locateDatabase(context.env, context.root)
        const knex = await openCommandLane(connection, 'audit-verify')
        try {
          const { streams, entries, broken } = await verifyEveryStream(knex)
          for (const { stream, brokenAt, why } of broken) {
            out.line(`${out.bad('✖')} stream ${stream}: ${why} at entry ${brokenAt}`)
          }
          const intact = broken.length === 0
          out.line(
            `${intact ? out.good('✔') : out.bad('✖')} ${streams} streams, ${entries} entries, ${broken.length} broken`,
          )
          if (out.json) out.document({ intact, streams, entries, broken })
          return intact ? exitCodes.ok : exitCodes.failed
        } finally {
          await knex.destroy()
        }
      }),
    )
}
