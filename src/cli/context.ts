import type { Environment } from '../platform/config/index.ts'
import type { CommandHouse, OpenHouse } from './command-house.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { explain } from './explain-error.ts'
import { locateDatabase } from './locate-database.ts'
import type { Output } from './output.ts'

/** What surrounds a command. All of it is given, so that commands run in a test as they do in a shell. */
export interface CliContext {
  readonly env: Environment
  /** The folder the command is run in; for `docs`, the root of the repository. */
  readonly root: string
  readonly readInput: () => Promise<string>
  readonly openHouse: OpenHouse
  readonly serve: () => Promise<unknown>
  readonly worker: () => Promise<unknown>
}

export type Handler<Args extends readonly unknown[]> = (out: Output, ...args: Args) => Promise<ExitCode>

/** Runs what needs the wired house, and closes it whatever happens. */
export async function withHouse<Result>(
  { env, root, openHouse }: CliContext,
  act: (house: CommandHouse, issuer: URL) => Promise<Result>,
): Promise<Result> {
  const { config, connection } = await locateDatabase(env, root)
  const house = await openHouse(config, connection)
  try {
    return await act(house, config.issuer)
  } finally {
    await house.close()
  }
}

/** An error in the same shape for people and programs: cause, then fix. */
export function report(out: Output, error: unknown): ExitCode {
  const { foreseen: _foreseen, ...told } = explain(error)
  const { code, cause, fix } = told
  if (out.json) out.document({ error: told })
  out.note(`${out.bad('✖')} ${cause}\n  fix: ${fix}`)
  return code.endsWith('-unreadable') ? exitCodes.usage : exitCodes.failed
}
