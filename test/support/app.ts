import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { demoAddresses } from '../../demo/addresses.ts'
import { type SmtpSink, startSmtpSink } from '../../demo/outbox/smtp-sink.ts'
import type { DemoSecrets } from '../../demo/secrets.ts'
import { seedClients } from '../../demo/seed/seed-clients.ts'
import { seedPeople } from '../../demo/seed/seed-people.ts'
import { seedRegistry } from '../../demo/seed/seed-registry.ts'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { type ComposeOptions, compose, type House } from '../../src/compose.ts'
import { loadConfig, publishedSecret } from '../../src/platform/config/index.ts'
import { silentLog } from '../../src/platform/log/index.ts'
import { listen } from '../../src/platform/web/listen.ts'
import type { Route } from '../../src/platform/web/route.ts'
import { createTestDatabase, type TestDatabase } from './postgres.ts'

export interface TestApp {
  readonly origin: string
  readonly house: House
  readonly database: TestDatabase
  readonly outbox: SmtpSink
  readonly routes: readonly Route[]
  clientSecret(clientId: string): string
  close(): Promise<void>
}

export interface TestAppOptions extends ComposeOptions {
  /** The demo's people with their answers, beside its purposes, systems and clients. */
  readonly people?: boolean
  /** A second process on the same database and keys. */
  readonly beside?: TestApp
  /** One that the test may stop or stall; a database of its own in the run's cluster when left out. */
  readonly database?: TestDatabase
  readonly environment?: Readonly<Record<string, string>>
}

/** Four ports in a row that were free a moment ago. */
async function freePorts(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port > 65_000 ? freePorts() : port
}

function secretsInMemory(): DemoSecrets {
  const kept = new Map<string, string>()
  return {
    kek: '',
    secret: '',
    clientSecret: (clientId) => kept.get(clientId),
    keepClientSecret: async (clientId, secret) => void kept.set(clientId, secret),
  }
}

/** The whole house on a database of its own, with a real mail server, as the demo has it; nothing in it is a mock. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { people, beside, environment, database: given, ...overrides } = options
  const port = await freePorts()
  const addresses = demoAddresses(port)
  const database = beside?.database ?? given ?? (await createTestDatabase())
  const outbox = beside?.outbox ?? (await startSmtpSink())
  const config = loadConfig(
    {
      NODE_ENV: 'test',
      PLACET_ISSUER: beside?.origin ?? addresses.issuer,
      PORT: String(port),
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
      SMTP_URL: outbox.url,
      PLACET_MAIL_FROM: 'hola@tiendanorte.example',
      PLACET_BRAND: 'Tienda Norte',
      PLACET_CONTROLLER: 'Comercial Norte, S. L.',
      PLACET_EGRESS_ALLOW: `http://localhost:${addresses.ports.shop}`,
      ...environment,
    },
    'demo',
  )
  const house = await compose(config, database.appConnection, { log: silentLog, ...overrides })
  const secrets = secretsInMemory()
  if (beside === undefined) {
    await settleHouse(house)
    await seedRegistry(house)
    await seedClients(house, addresses, secrets)
    if (people === true) await seedPeople(house)
  }
  const web = await listen(house.web.callback(), port, '127.0.0.1')
  return {
    origin: `http://localhost:${port}`,
    house,
    database,
    outbox,
    routes: house.channels.flatMap((channel) => channel.routes),
    clientSecret: (clientId) => {
      const secret = secrets.clientSecret(clientId) ?? beside?.clientSecret(clientId)
      if (secret === undefined) throw new Error(`${clientId} has no secret`)
      return secret
    },
    close: async () => {
      await web.close(0)
      await house.close()
      if (beside !== undefined) return
      await outbox.close()
      await database.drop()
    },
  }
}
