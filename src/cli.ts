#!/usr/bin/env node
import { text } from 'node:stream/consumers'
import { exitCodes } from './cli/exit-codes.ts'
import { runCli } from './cli/program.ts'
import { readEnvironment } from './platform/config/index.ts'

// Whoever reads our output may stop before its end, as `| head` does; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

/** Heavy parts are loaded by the commands that need them, so that `placet --help` answers at once. */
const code = await runCli(
  process.argv.slice(2),
  {
    env: readEnvironment(),
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
