import type { Command } from 'commander'
import type { Decided, LawPreview } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'
import { readDocument } from './read-document.ts'

function tell(out: Output, { impact, jurisdiction, version }: LawPreview): void {
  const { decidedAgain, compared, changed, gain, lose, at } = impact
  out.line(`${jurisdiction} ${version}: the permissions of ${decidedAgain} people are decided again`)
  const among = compared < decidedAgain ? ` of the first ${compared}` : ''
  out.line(
    `${changed}${among} would have another answer on ${at.toISOString().slice(0, 10)}: ${gain} are permitted something more, ${lose} something less`,
  )
}

/** The law of each country as dated data: what is in force, and versions as counsel reads it. */
export function registerRulePacks(program: Command, context: CliContext, bind: Bind): void {
  const pack = program
    .command('rule-pack')
    .alias('rule-packs')
    .description('the law by which people of a country are decided on, as dated versions')
  pack
    .command('list')
    .description('every version: in force, of earlier or later, and shipped but not followed')
    .action(
      bind(async (out) => {
        const packs = await withHouse(context, (house) => house.rulePacks.list())
        for (const { jurisdiction, version, validFrom, state, own } of packs) {
          out.line(`${jurisdiction}\t${version}\t${validFrom}\t${state}\t${own ? 'own' : 'shipped'}`)
        }
        if (out.json) out.document(packs)
        return exitCodes.ok
      }),
    )
  pack
    .command('show')
    .description('a version as a document, which can be changed and handed in under another version')
    .argument('<jurisdiction>', 'two letters, such as ES')
    .option('--version <version>', 'another than the one in force')
    .action(
      bind(async (out, jurisdiction: string, options: { version?: string }) => {
        out.document(await withHouse(context, (house) => house.rulePacks.show(jurisdiction, options.version)))
        return exitCodes.ok
      }),
    )
  pack
    .command('publish')
    .description('put a version of the law in force, as the data protection officer decided')
    .argument('<file>', 'a JSON file with the version; standard input when -')
    .option('--dry-run', 'only say how many people it would change something for')
    .option('--officer <login>', 'the data protection officer who decided')
    .option('--reason <text>', 'why, for the trail')
    .action(
      bind(async (out, name: string, options: Partial<Decided> & { dryRun?: boolean }) => {
        const document = await readDocument(context, name)
        const { officer = '', reason = '' } = options
        const preview = await withHouse(context, (house) =>
          options.dryRun === true
            ? house.rulePacks.preview(document)
            : house.rulePacks.publish(document, { officer, reason }),
        )
        tell(out, preview)
        const done = `${out.good('✔')} It is published; permissions are decided again by the worker.`
        out.line(options.dryRun === true ? 'Nothing was published.' : done)
        if (out.json) out.document(preview)
        return exitCodes.ok
      }),
    )
}
