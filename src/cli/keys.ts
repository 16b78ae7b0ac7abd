import type { Command } from 'commander'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'

export function registerKeys(program: Command, context: CliContext, bind: Bind): void {
  const keys = program.command('keys').description('signing keys')
  keys
    .command('rotate')
    .description('take the steps of the rotation that are due: publish, activate, retire, remove')
    .option('--begin', 'publish the next key now; it signs a day later, when everybody has seen it')
    .option(
      '--leaked <kid>',
      'a key somebody else may have: gone from the published keys at once, replaced at once',
    )
    .action(
      bind(async (out, { begin = false, leaked }: { begin?: boolean; leaked?: string }) => {
        if (leaked !== undefined) {
          const fresh = await withHouse(context, (house) => house.keys.replaceLeaked(leaked))
          out.line(`${out.good('✔')} ${leaked} is no longer published; ${fresh} signs.`)
          out.note(
            'What it signed is refused by whoever reads the keys anew: tell services to forget those they keep. Sessions and refresh tokens go on.',
          )
          if (out.json) out.document({ removed: leaked, active: fresh })
          return exitCodes.ok
        }
        const steps = await withHouse(context, (house) => house.keys.rotate({ begin }))
        out.line(
          steps === 0
            ? 'Nothing was due. `placet keys rotate --begin` publishes the next key now.'
            : `${out.good('✔')} ${steps} ${steps === 1 ? 'step' : 'steps'} taken.`,
        )
        if (out.json) out.document({ steps })
        return exitCodes.ok
      }),
    )
  keys
    .command('list')
    .description('the published keys, the signing one first')
    .action(
      bind(async (out) => {
        const found = await withHouse(context, (house) => house.keys.list())
        for (const { kid, algorithm, state, since } of found)
          out.line([kid, algorithm, state, since].join('\t'))
        if (out.json) out.document(found)
        return exitCodes.ok
      }),
    )
  keys
    .command('renew-push')
    .description('another key for browsers that turn on notifications from now on; those there keep theirs')
    .action(
      bind(async (out) => {
        await withHouse(context, (house) => house.keys.renewPush())
        out.line(`${out.good('✔')} Browsers that turn on notifications from now on get another key.`)
        return exitCodes.ok
      }),
    )
}
