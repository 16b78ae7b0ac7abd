import type { Command } from 'commander'
import type { LedgerVerification } from '../features/consent/index.ts'
import type { Decided } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { locateDatabase } from './locate-database.ts'
import type { Output } from './output.ts'
import { openCommandLane } from './pg-command-lane.ts'
import { type VerifyOptions, verifyLedgerIn } from './pg-verify-ledger.ts'
import type { Bind } from './program.ts'

function tell(out: Output, found: LedgerVerification): ExitCode {
  for (const { fault, at } of found.findings) out.line(`${out.bad('✖')} ${fault}: ${at}`)
  if (found.faults > found.findings.length) {
    out.line(`… and ${found.faults - found.findings.length} more`)
  }
  out.line(
    `${found.intact ? out.good('✔') : out.bad('✖')} ${found.size} entries, ${found.checkpoints} checkpoints, ` +
      `${found.acts} acts kept (${found.opened} opened), ${found.erased} erased, ${found.waiting} waiting, ` +
      `${found.faults} faults`,
  )
  if (found.awaitingTimestamp > 0) {
    out.line(`  ${found.awaitingTimestamp} checkpoints still without the timestamp that was asked for`)
  }
  if (out.json) out.document(found)
  return found.intact ? exitCodes.ok : exitCodes.failed
}

export function registerLedger(program: Command, context: CliContext, bind: Bind): void {
  const ledger = program.command('ledger').description('the tamper-evident log of consents')
  ledger
    .command('verify')
    .description(
      'prove that the log is what it was, with read access only; with PLACET_KEK the sealed evidence is opened too; exit 1 with what is wrong',
    )
    .option('--from-checkpoint <file>', 'take everything before this checkpoint as it vouches for it')
    .option(
      '--checkpoints <folder>',
      'exported checkpoints to hold the log against (default: PLACET_CHECKPOINTS)',
    )
    .option('--keys <file>', 'JWKS with the public keys kept elsewhere (default: those of the database)')
    .action(
      bind(async (out, options: VerifyOptions) => {
        const { config, connection } = await locateDatabase(context.env, context.root, 'verify')
        const knex = await openCommandLane(connection, 'ledger-verify')
        try {
          return tell(out, await verifyLedgerIn(knex, config, options))
        } finally {
          await knex.destroy()
        }
      }),
    )
  ledger
    .command('erase-evidence')
    .description(
      'erase what proves the consents of a blocked or erased account, as the owner of the tables (DATABASE_OWNER_URL); the log stays whole (GDPR Art. 17)',
    )
    .argument('<person>', 'the person: their id, or their e-mail address')
    .requiredOption('--officer <login>', 'the data protection officer who decided')
    .requiredOption('--reason <text>', 'why, for the trail; no data of the person')
    .action(
      bind(async (out, person: string, decided: Decided) => {
        const owner = await locateDatabase(context.env, context.root, 'migrate')
        const done = await withHouse(context, (house) =>
          house.subjects.eraseEvidence(person, decided, owner.connection),
        )
        out.line(`${out.good('✔')} ${done.erased} acts erased; the log stays as it is.`)
        if (out.json) out.document(done)
        return exitCodes.ok
      }),
    )
  ledger
    .command('checkpoint')
    .description('sign what the log has come to now, and copy it to PLACET_CHECKPOINTS')
    .action(
      bind(async (out) => {
        const signed = await withHouse(context, (house) => house.ledger.checkpoint())
        out.line(
          signed === undefined
            ? 'The log is empty: there is nothing to sign.'
            : `${out.good('✔')} ${signed.size} entries, root ${signed.root}`,
        )
        if (out.json) out.document({ checkpoint: signed ?? null })
        return exitCodes.ok
      }),
    )
}
