import type { ClientDocument, CommandHouse, OpenHouse } from '../../src/cli/command-house.ts'
import { runCli } from '../../src/cli/program.ts'
import type { Environment } from '../../src/platform/config/index.ts'
import type { DatabaseCoordinates } from '../support/postgres.ts'

/** A connection string for a database behind a Unix socket, as an operator would write it. */
export const urlOf = ({ host, port, user, database }: DatabaseCoordinates): string =>
  `postgres://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`

/** What the configuration asks for beside the database. */
export const environment: Environment = {
  NODE_ENV: 'test',
  PLACET_KEK: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQgYKDhIWGh4g=',
  PLACET_SECRET: 'D3hJnB2qXfTzK7vR1cWmYeLpUo5sGa8iHdQyVt4bEkM=',
}

/** Runs one command line as a shell would and collects what it said. */
export async function placet(
  args: readonly string[],
  given: {
    readonly env?: Environment
    readonly root?: string
    readonly input?: string
    readonly house?: Partial<CommandHouse>
    readonly openHouse?: OpenHouse
    readonly terminal?: boolean
  } = {},
) {
  let out = ''
  let err = ''
  let closed = 0
  const tty = given.terminal === true
  const code = await runCli(
    args,
    {
      env: given.env ?? environment,
      root: given.root ?? '/nowhere',
      readInput: async () => given.input ?? '',
      openHouse:
        given.openHouse ??
        (async () => ({
          clients: nothing('clients'),
          resources: nothing('resources'),
          staff: nothing('staff'),
          purposes: nothing('purposes'),
          rulePacks: nothing('rulePacks'),
          productFamilies: nothing('productFamilies'),
          notices: nothing('notices'),
          decisions: nothing('decisions'),
          subjects: nothing('subjects'),
          imports: nothing('imports'),
          campaigns: nothing('campaigns'),
          findings: nothing('findings'),
          keys: nothing('keys'),
          ledger: nothing('ledger'),
          touchpoints: nothing('touchpoints'),
          terminals: nothing('terminals'),
          ...given.house,
          close: async () => {
            closed += 1
          },
        })),
      serve: async () => undefined,
      worker: async () => undefined,
    },
    {
      stdout: {
        isTTY: tty,
        write: (text) => {
          out += text
        },
      },
      stderr: {
        isTTY: tty,
        write: (text) => {
          err += text
        },
      },
    },
  )
  return { code, out, err, closed, json: () => JSON.parse(out) }
}

/** A part of the house that a command has no business with. */
const nothing = <Part extends object>(name: string): Part =>
  new Proxy({} as Part, {
    get: () => () => Promise.reject(new Error(`${name} is not for this command`)),
  })

/** Keeps the documents it is given, as the registry does. */
export function clientRegistry() {
  const documents: ClientDocument[] = []
  const clients: CommandHouse['clients'] = {
    create: async (document) => {
      documents.push(document)
      return { client_id: 'made-here', client_secret: 'shown-once', ...document }
    },
    list: async () => documents,
    rotateSecret: async (clientId) => ({ client_id: clientId, client_secret: 'another' }),
  }
  return { clients, documents }
}
