import { type Command, InvalidArgumentError, Option } from 'commander'
import { type TouchpointKind, touchpointKinds } from '../features/touchpoints/index.ts'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Output } from './output.ts'
import type { Bind } from './program.ts'
import type { PlaceOptions } from './touchpoint-commands.ts'

const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text]

function kindOf(text: string): TouchpointKind {
  const kind = touchpointKinds.find((one) => one === text)
  if (kind === undefined) throw new InvalidArgumentError(`Use one of ${touchpointKinds.join(', ')}.`)
  return kind
}

const withPlace = (command: Command): Command =>
  command
    .option('--city <city>', 'where it is')
    .option('--country <code>', 'its country in two letters (ISO 3166-1)')
    .option('--network <range>', 'a range its terminals and desks may call from; may be repeated', collect)

function done(out: Output, document: object, text: string): void {
  out.line(text)
  if (out.json) out.document(document)
}

export function registerTouchpoints(program: Command, context: CliContext, bind: Bind): void {
  const touchpoint = program
    .command('touchpoint')
    .description('where it happens: brands, regions, stores, terminals and desks')
  touchpoint
    .command('list')
    .description('the whole tree, closed ones too')
    .action(
      bind(async (out) => {
        const found = await withHouse(context, (house) => house.touchpoints.list())
        for (const { id, kind, name, city, state, depth } of found) {
          const place = city === undefined ? name : `${name} (${city})`
          out.line([`${'  '.repeat(depth)}${id}`, kind, state, place].join('\t'))
        }
        if (out.json) out.document(found)
        return exitCodes.ok
      }),
    )
  withPlace(
    touchpoint
      .command('add')
      .description('a new one; its code is its own for good')
      .argument('<id>', 'a code of [a-z0-9-]')
      .requiredOption('--kind <kind>', touchpointKinds.join(', '), kindOf)
      .requiredOption('--name <name>', 'what people see')
      .option('--parent <id>', 'what it lies in; only a brand lies in nothing'),
  ).action(
    bind(async (out, id: string, given: PlaceOptions & { kind: TouchpointKind; name: string }) => {
      await withHouse(context, (house) => house.touchpoints.add({ id, ...given }))
      done(out, { id }, id)
      return exitCodes.ok
    }),
  )
  withPlace(
    touchpoint
      .command('change')
      .description('what people see of it, its networks (in place of those of before), or what it lies in')
      .argument('<id>')
      .option('--name <name>', 'what people see')
      .option('--parent <id>', 'what it lies in from now on'),
  )
    .addOption(new Option('--any-network', 'no networks of its own any more').conflicts('network'))
    .action(
      bind(async (out, id: string, given: PlaceOptions & { anyNetwork?: boolean }) => {
        const { anyNetwork, ...changes } = given
        await withHouse(context, (house) =>
          house.touchpoints.change(id, { ...changes, ...(anyNetwork === true ? { network: [] } : {}) }),
        )
        done(out, { id }, id)
        return exitCodes.ok
      }),
    )
  touchpoint
    .command('close')
    .description('close it and everything in it for good; its terminals are revoked')
    .argument('<id>')
    .requiredOption('--reason <text>', 'why; kept in the audit trail')
    .action(
      bind(async (out, id: string, { reason }: { reason: string }) => {
        const closed = await withHouse(context, (house) => house.touchpoints.close(id, reason))
        done(out, { closed }, closed.join('\n'))
        return exitCodes.ok
      }),
    )
  touchpoint
    .command('report')
    .description('answers told at each place, by purpose, counted from the ledger')
    .option('--from <date>', 'from this day or instant (default: 30 days ago)')
    .option('--until <date>', 'until before this day or instant (default: now)')
    .option('--at <id>', 'only this place and what lies in it')
    .action(
      bind(async (out, span: { from?: string; until?: string; at?: string }) => {
        const counts = await withHouse(context, (house) => house.touchpoints.report(span))
        for (const { touchpoint: place, purpose, acts, yes, no } of counts) {
          out.line([place, purpose, `${acts} answers`, `${yes} yes`, `${no} no`].join('\t'))
        }
        if (out.json) out.document(counts)
        return exitCodes.ok
      }),
    )
}

export function registerTerminals(program: Command, context: CliContext, bind: Bind): void {
  const terminal = program.command('terminal').description('kiosks: their codes, keys and end')
  terminal
    .command('code')
    .description('a code by which one terminal brings its key, once, within 15 minutes')
    .argument('<touchpoint>')
    .action(
      bind(async (out, id: string) => {
        const issued = await withHouse(context, (house) => house.terminals.code(id))
        out.line(issued.code)
        out.note(`Type it at the terminal: it works once, until ${issued.expiresAt.toISOString()}.`)
        if (out.json) out.document(issued)
        return exitCodes.ok
      }),
    )
  terminal
    .command('list')
    .description('every terminal that ever brought a key')
    .action(
      bind(async (out) => {
        const found = await withHouse(context, (house) => house.terminals.list())
        for (const { touchpointId, state, enrolledAt, keyThumbprint } of found) {
          out.line([touchpointId, state, enrolledAt.toISOString(), keyThumbprint].join('\t'))
        }
        if (out.json) out.document(found)
        return exitCodes.ok
      }),
    )
  terminal
    .command('revoke')
    .description(
      'the kill switch: one terminal, all of a place, or all of the house; their tokens die within a second',
    )
    .argument('[touchpoint]', 'a terminal, or what it lies in')
    .addOption(new Option('--all', 'every terminal of the house'))
    .requiredOption('--reason <text>', 'why; kept in the audit trail')
    .action(
      bind(async (out, id: string | undefined, { all, reason }: { all?: boolean; reason: string }) => {
        if ((id === undefined) !== (all === true)) {
          out.note('Name a touchpoint, or say --all.')
          return exitCodes.usage
        }
        const revoked = await withHouse(context, (house) => house.terminals.revoke(id, reason))
        done(out, { revoked }, revoked.join('\n'))
        return exitCodes.ok
      }),
    )
}
