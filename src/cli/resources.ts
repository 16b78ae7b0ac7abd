import type { Command } from 'commander'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'
import { readDocument } from './read-document.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function registerResources(program: Command, context: CliContext, bind: Bind): void {
  const resource = program
    .command('resource')
    .description('services that accept our access tokens (RFC 8707)')
  resource
    .command('create')
    .description('register a service from a JSON document; prints it as it is kept')
    .argument(
      '[file]',
      'a JSON file with identifier, name, scopes and what is not as usual; standard input when left out or -',
    )
    .action(
      bind(async (out, file: string | undefined) => {
        const document = await readDocument(context, file ?? '-')
        out.document(await withHouse(context, (house) => house.resources.create(document, out.note)))
        return exitCodes.ok
      }),
    )
  resource
    .command('list')
    .description('every service, retired ones too')
    .action(
      bind(async (out) => {
        const found = await withHouse(context, (house) => house.resources.list())
        for (const one of found) {
          const state = text(one['retired_at']) === '' ? text(one['token_format']) : 'retired'
          out.line([text(one['identifier']), state, text(one['name'])].join('\t'))
        }
        if (out.json) out.document(found)
        return exitCodes.ok
      }),
    )
  resource
    .command('retire')
    .description('give out no more tokens for a service; its opaque ones are dead at once')
    .argument('<identifier>')
    .action(
      bind(async (out, identifier: string) => {
        const retired = await withHouse(context, (house) => house.resources.retire(identifier))
        out.document(retired)
        if (retired['token_format'] === 'jwt') {
          out.note(
            `A JWT that is out already is accepted until it expires, ${retired['lifetime_seconds']} s at most.`,
          )
        }
        return exitCodes.ok
      }),
    )
  resource
    .command('allow')
    .description('say which scopes of a service a client may ask for, in place of those of before')
    .argument('<identifier>')
    .argument('<client-id>')
    .argument('<scope...>')
    .action(
      bind(async (out, identifier: string, clientId: string, scopes: readonly string[]) => {
        out.document(
          await withHouse(context, (house) => house.resources.allow({ identifier, clientId, scopes })),
        )
        return exitCodes.ok
      }),
    )
  resource
    .command('disallow')
    .description('let a client ask for no more tokens of a service')
    .argument('<identifier>')
    .argument('<client-id>')
    .action(
      bind(async (out, identifier: string, clientId: string) => {
        out.document(
          await withHouse(context, (house) => house.resources.allow({ identifier, clientId, scopes: [] })),
        )
        return exitCodes.ok
      }),
    )
}
