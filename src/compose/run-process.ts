import { PlacetError } from '../kernel/errors.ts'
import {
  type Config,
  ConfigRefused,
  loadConfig,
  type Role,
  readEnvironment,
} from '../platform/config/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'

/** Closes in the reverse order of opening; each step waits for what was begun. */
export type Close = () => Promise<void>

const secondsToClose = 15

function explain(error: unknown): string {
  if (error instanceof ConfigRefused) return error.message
  if (error instanceof PlacetError) return error.detail
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/**
 * Runs a long-living process: reads the environment once, opens, and closes on SIGTERM or SIGINT. What stops the start
 * is said in sentences, with what to set; a second signal, or fifteen seconds, end it at once.
 */
export async function runProcess(
  role: Extract<Role, 'web' | 'worker'>,
  open: (config: Config, connection: DatabaseConnection) => Promise<Close>,
): Promise<void> {
  try {
    const config = loadConfig(readEnvironment(), role)
    const close = await open(config, { connectionString: config.database.url ?? '' })
    const stop = () => {
      process.removeListener('SIGTERM', stop)
      process.removeListener('SIGINT', stop)
      setTimeout(() => process.exit(1), secondsToClose * 1000).unref()
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
  } catch (error) {
    process.stderr.write(`Placet does not start.\n${explain(error)}\n`)
    process.exitCode = 1
  }
}
