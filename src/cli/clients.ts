import type { Command } from 'commander'
import { type CliContext, withHouse } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Bind } from './program.ts'
import { readDocument } from './read-document.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function registerClients(program: Command, context: CliContext, bind: Bind): void {
  const client = program.command('client').description('systems that connect with OpenID Connect')
  client
    .command('create')
    .description('register a client from JSON metadata; prints it as JSON, its secret this one time')
    .argument(
      '[file]',
      'a JSON file with any metadata of OpenID Connect registration; standard input when left out or -',
    )
    .action(
      bind(async (out, file: string | undefined) => {
        const document = await readDocument(context, file ?? '-')
        const created = await withHouse(context, (house) => house.clients.create(document, out.note))
        out.document(created)
        if (created['client_secret'] !== undefined) {
          out.note('The secret is shown this one time; only its hash is kept.')
        }
        return exitCodes.ok
      }),
    )
  client
    .command('list')
    .description('every client, without secrets')
    .action(
      bind(async (out) => {
        const clients = await withHouse(context, (house) => house.clients.list())
        for (const one of clients)
          out.line(`${text(one['client_id'])}\t${text(one['client_name'] ?? one['client_id'])}`)
        if (out.json) out.document(clients)
        return exitCodes.ok
      }),
    )
  client
    .command('rotate-secret')
    .description('give a client a new secret; the present one works beside it until the next rotation')
    .argument('<client-id>')
    .action(
      bind(async (out, clientId: string) => {
        out.document(await withHouse(context, (house) => house.clients.rotateSecret(clientId)))
        return exitCodes.ok
      }),
    )
}
