#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { exitCodes } from './cli/exit-codes.ts'
import { explain } from './cli/explain-error.ts'
import { runCli } from './cli/program.ts'
import { readEnvironment } from './platform/config/index.ts'

// Whoever reads our output may stop before its end, as `| head` does; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

/** A secret's file that cannot be read is told as every other error is: cause, then fix. */
function environment() {
  try {
    return readEnvironment()
  } catch (error) {
    const { cause, fix } = explain(error)
    process.stderr.write(`✖ ${cause}\n  fix: ${fix}\n`)
    process.exit(exitCodes.failed)
  }
}

/** Heavy parts are loaded by the commands that need them, so that `placet --help` answers at once. */
const code = await runCli(
  process.argv.slice(2),
  {
    env: environment(),
    root: process.cwd(),
    readInput: () => text(process.stdin),
    openHouse: async (config, connection) =>
      (await import('./compose.ts')).openCommandHouse(config, connection),
    serve: () => import('./main.ts'),
    worker: () => import('./worker.ts'),
  },
  process,
)
// A process that is still serving has an exit code of its own to set.
if (code !== exitCodes.ok) process.exitCode = code
