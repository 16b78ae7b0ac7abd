import { explain } from '../cli/explain-error.ts'
import { type Config, loadConfig, type Role, readEnvironment } from '../platform/config/index.ts'
import type { DatabaseConnection } from '../platform/db/connection.ts'

/** Closes in the reverse order of opening; each step waits for what was begun. */
export type Close = () => Promise<void>

const secondsToClose = 15
/** npm passes on the Ctrl+C that the terminal has sent to the whole group already: two at once are one wish. */
const echoMs = 500

/** In sentences, with what to set; what nobody foresaw comes with its stack, for whoever has to find the fault. */
function sayWhy(error: unknown): void {
  const { cause, fix, foreseen } = explain(error)
  const stack = !foreseen && error instanceof Error ? `\n${error.stack}` : ''
  process.stderr.write(`Placet does not start.\n${cause}\n  fix: ${fix}\n${stack}`)
}

function closeOnSignal(close: Close): void {
  let asked: number | undefined
  const stop = () => {
    if (asked !== undefined) {
      if (performance.now() - asked > echoMs) process.exit(1)
      return
    }
    asked = performance.now()
    setTimeout(() => process.exit(1), secondsToClose * 1000).unref()
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
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
    closeOnSignal(await open(config, { connectionString: config.database.url ?? '' }))
  } catch (error) {
    sayWhy(error)
    // Connections opened before the fault would keep a process alive that serves nobody and that nobody restarts.
    process.exit(1)
  }
}
