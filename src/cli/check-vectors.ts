import { resolve } from 'node:path'
import type { Command } from 'commander'
import { invalid } from '../kernel/errors.ts'
import type { CliContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'
import { vectorsCommand } from './vectors.ts'

/** Prints `N/N`, then the ids that differ, one a line. */
export function registerVectors(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('vectors')
    .description('answer every case of a vector file and compare')
    .argument('<file>')
    .action(
      bind(async (out, file: string) => {
        const lines: string[] = []
        const code = await vectorsCommand(resolve(context.root, file), (line) => void lines.push(line))
        if (code === 2) throw invalid('vectors-unreadable', `Cannot read ${file}: ${lines.join(' ')}`)
        for (const line of lines) out.line(line)
        if (out.json) out.document({ result: lines[0], differing: lines.slice(1) })
        return code === 0 ? exitCodes.ok : exitCodes.failed
      }),
    )
}
