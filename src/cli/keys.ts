import type { Command } from 'commander'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

export function registerKeys(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('keys')
    .description('signing keys')
    .command('rotate')
    .description('take the steps of the rotation that are due: publish, activate, retire, remove')
    .action(
      bind(async (out) => {
        const steps = await withHouse(context, (house) => house.keys.rotate())
        out.line(
          steps === 0
            ? 'Nothing was due.'
            : `${out.good('✔')} ${steps} ${steps === 1 ? 'step' : 'steps'} taken.`,
        )
        if (out.json) out.document({ steps })
        return exitCodes.ok
      }),
    )
}
