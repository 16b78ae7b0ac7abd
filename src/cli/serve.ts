import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

/** The two long-running processes. They end by signal and are the same programs that the image starts. */
export function registerServe(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('serve')
    .description('run the web process until it is told to stop')
    .action(
      bind(async () => {
        await context.serve()
        return exitCodes.ok
      }),
    )
  program
    .command('worker')
    .description('run the worker (deliveries, sweeps) until it is told to stop')
    .action(
      bind(async () => {
        await context.worker()
        return exitCodes.ok
      }),
    )
}
