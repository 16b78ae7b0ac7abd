import type { Command } from 'commander'
import type { Decided } from './command-house.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

/** What is similar to what: whoever bought of a family may be told of all of it (soft opt-in). */
export function registerProductFamilies(program: Command, context: CliContext, bind: Bind): void {
  const group = program
    .command('product-family')
    .alias('product-families')
    .description('which products are similar, for advertising to own customers (soft opt-in)')
  group
    .command('list')
    .description('every family with its categories')
    .action(
      bind(async (out) => {
        const families = await withHouse(context, (house) => house.productFamilies.list())
        for (const { family, categories } of families) out.line(`${family}\t${categories.join(',')}`)
        if (out.json) out.document(families)
        return exitCodes.ok
      }),
    )
  const decided = (name: string, categories: string, description: string): Command =>
    group
      .command(name)
      .description(description)
      .argument('<family>')
      .argument(categories, 'as purchases name them, such as fashion')
      .requiredOption('--officer <login>', 'the data protection officer who decided')
      .requiredOption('--reason <text>', 'why, for the trail')
  decided('add', '<categories...>', 'say that products of these categories are similar').action(
    bind(async (out, family: string, categories: readonly string[], options: Decided) => {
      const added = await withHouse(context, (house) =>
        house.productFamilies.add(family, categories, options),
      )
      out.line(
        `${out.good('✔')} ${family}: ${added.length === 0 ? 'nothing new' : `added ${added.join(', ')}`}`,
      )
      if (out.json) out.document({ family, added })
      return exitCodes.ok
    }),
  )
  decided('remove', '[categories...]', 'take categories out of a family, or all of it').action(
    bind(async (out, family: string, categories: readonly string[], options: Decided) => {
      const removed = await withHouse(context, (house) =>
        house.productFamilies.remove(family, categories.length === 0 ? undefined : categories, options),
      )
      out.line(`${out.good('✔')} ${family}: took out ${removed.join(', ')}`)
      if (out.json) out.document({ family, removed })
      return exitCodes.ok
    }),
  )
}
