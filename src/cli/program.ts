import { Command, CommanderError } from 'commander'
import { registerAudit } from './audit.ts'
import { registerCampaign } from './campaign.ts'
import { registerVectors } from './check-vectors.ts'
import { registerClients } from './clients.ts'
import { registerConsent } from './consent.ts'
import { type CliContext, type Handler, report } from './context.ts'
import { registerDocs } from './docs.ts'
import { registerDoctor } from './doctor.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { registerExplain } from './explain.ts'
import { registerImport } from './import.ts'
import { registerKeys } from './keys.ts'
import { registerLedger } from './ledger.ts'
import { registerMigrate } from './migrate.ts'
import { createOutput, type Stream, wantsColour } from './output.ts'
import { registerProductFamilies } from './product-families.ts'
import { registerPurposes } from './purposes.ts'
import { registerResources } from './resources.ts'
import { registerRulePacks } from './rule-packs.ts'
import { registerServe } from './serve.ts'
import { registerStaff } from './staff.ts'
import { registerSubject } from './subject.ts'
import { registerTerminals, registerTouchpoints } from './touchpoints.ts'

export interface Terminal {
  readonly stdout: Stream
  readonly stderr: Stream
}

/** Ties a handler to a command: gives it the output it asked for and remembers its exit code. */
export type Bind = <Args extends readonly unknown[]>(
  handler: Handler<Args>,
) => (...args: Args) => Promise<void>

const help = `
Exit codes: 0 ok · 1 failed · 2 usage · 3 drift found.
Without DATABASE_URL the commands use the demo that runs in this folder, if one does.`

/** Runs one command line and answers the exit code. Never ends the process itself. */
export async function runCli(
  args: readonly string[],
  context: CliContext,
  terminal: Terminal,
): Promise<ExitCode> {
  let exit: ExitCode = exitCodes.ok
  const program = new Command('placet')
    .description('Placet: the consent-aware customer identity provider.')
    .option('--json', 'answer with one JSON document on standard output')
    .addHelpText('after', help)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      getOutHasColors: () => wantsColour(context.env, terminal.stdout),
      getErrHasColors: () => wantsColour(context.env, terminal.stderr),
    })
    .showHelpAfterError('Add --help to see what can be asked.')

  const bind: Bind =
    (handler) =>
    async (...given) => {
      const out = createOutput({
        ...terminal,
        json: program.opts()['json'] === true,
        colour: wantsColour(context.env, terminal.stdout),
      })
      try {
        exit = await handler(out, ...given)
      } catch (error) {
        exit = report(out, error)
      }
    }

  for (const register of [
    registerServe,
    registerMigrate,
    registerDoctor,
    registerKeys,
    registerClients,
    registerResources,
    registerStaff,
    registerTouchpoints,
    registerTerminals,
    registerPurposes,
    registerRulePacks,
    registerProductFamilies,
    registerSubject,
    registerCampaign,
    registerImport,
    registerConsent,
    registerExplain,
    registerAudit,
    registerLedger,
    registerVectors,
    registerDocs,
  ]) {
    register(program, context, bind)
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exit
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  }
}
