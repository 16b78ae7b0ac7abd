import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'
import { vectorsCommand } from './vectors.ts'

/** Prints the same with and without `--json`: `N/N`, then the ids that differ. */
export function registerVectors(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('vectors')
    .description('answer every case of a vector file and compare')
    .argument('<file>')
    .action(
      bind(async (out, file: string) => {
        const lines: string[] = []
        const code = await vectorsCommand(resolve(context.root, file), (line) => void lines.push(line))
        for (const line of lines) out.line(line)
        if (out.json) out.document({ result: lines[0], differing: lines.slice(1) })
        return code === 0 ? exitCodes.ok : code === 2 ? exitCodes.usage : exitCodes.failed
      }),
    )
}
