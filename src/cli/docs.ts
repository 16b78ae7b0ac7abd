import type { Command } from 'commander'
import type { CliContext } from './context.ts'
import { generateDocs, stalePages, writePages } from './docs/generate.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

export function registerDocs(program: Command, context: CliContext, bind: Bind): void {
  program
    .command('docs')
    .description(
      'write docs/events.md, docs/data-map.md, docs/assurance.md and docs/openapi.json; run in the root of the repository',
    )
    .option('--check', 'change nothing; exit 3 when a page is stale or a requirement lost its test')
    .action(
      bind(async (out, options: { check?: boolean }) => {
        const generated = await generateDocs(context.root)
        const stale = await stalePages(context.root, generated)
        const { faults } = generated
        for (const fault of faults) out.line(`${out.bad('✖')} ${fault}`)
        if (options.check === true) {
          for (const path of stale) out.line(`${out.bad('✖')} ${path} is stale\n  fix: run \`placet docs\``)
          if (stale.length + faults.length === 0)
            out.line(`${out.good('✔')} The generated pages are up to date.`)
        } else {
          await writePages(context.root, generated)
          for (const path of stale) out.line(`${out.good('✔')} ${path}`)
        }
        if (out.json) out.document({ stale, faults })
        const drift = faults.length > 0 || (options.check === true && stale.length > 0)
        return drift ? exitCodes.drift : exitCodes.ok
      }),
    )
}
