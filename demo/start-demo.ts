import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startNewsletter } from '../examples/newsletter/start-newsletter.ts'
import { startShop } from '../examples/shop/start-shop.ts'
import { startTill } from '../examples/till/start-till.ts'
import { startBackground } from '../src/compose/background.ts'
import { settleHouse } from '../src/compose/settle-house.ts'
import { compose, type House } from '../src/compose.ts'
import { issueTerminalCode } from '../src/features/touchpoints/index.ts'
import { loadConfig } from '../src/platform/config/index.ts'
import { migrateToLatest } from '../src/platform/db/migrate.ts'
import { removeEmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres/index.ts'
import { listen } from '../src/platform/web/listen.ts'
import { type DemoAddresses, demoAddresses } from './addresses.ts'
import { cardScreens } from './card-screens.ts'
import { oneClickChannel, oneClickShortcuts } from './one-click/one-click.ts'
import { staffOneClickChannel } from './one-click/staff.ts'
import { type SmtpSink, startSmtpSink } from './outbox/smtp-sink.ts'
import { occupyDirectory } from './running-file.ts'
import { sampleApp } from './sample-app.ts'
import { type DemoSecrets, demoSecrets, secretsFile } from './secrets.ts'
import { people } from './seed/people.ts'
import { kiosk, placeClients, telephony, till } from './seed/places.ts'
import { seedClients } from './seed/seed-clients.ts'
import { type CardHolder, seedCards, seedClub } from './seed/seed-club.ts'
import { seedPeople } from './seed/seed-people.ts'
import { seedPlaces } from './seed/seed-places.ts'
import { seeder, seedRegistry } from './seed/seed-registry.ts'
import { seedServices } from './seed/seed-services.ts'
import { seedStaff, staffEnrolmentLink } from './seed/seed-staff.ts'
import { seedWordings } from './seed/seed-wordings.ts'
import { telephone } from './telephone.ts'
import { startTour } from './tour/start-tour.ts'

export interface DemoStart {
  readonly port: number
  readonly directory: string
  readonly reset: boolean
  readonly environment?: Readonly<Record<string, string | undefined>>
}

export interface Demo {
  readonly addresses: DemoAddresses
  readonly house: House
  readonly outbox: SmtpSink
  close(): Promise<void>
}

/** Things opened one after another, closed in the reverse order whatever happens. */
function closer() {
  const open: (() => Promise<unknown>)[] = []
  return {
    add: <Thing>(thing: Thing, close: (thing: Thing) => Promise<unknown>): Thing => {
      open.push(() => close(thing))
      return thing
    },
    closeAll: async () => {
      for (const close of open.reverse()) await close().catch(() => undefined)
    },
  }
}

/** What the demo runs with, secrets apart. Kept beside its database, so that `placet` commands in this folder find it. */
const demoEnvironment = (start: DemoStart, addresses: DemoAddresses, smtp: string) => ({
  NODE_ENV: start.environment?.['NODE_ENV'] ?? 'development',
  PLACET_ISSUER: addresses.issuer,
  PORT: String(addresses.ports.issuer),
  SMTP_URL: smtp,
  PLACET_MAIL_FROM: 'hola@tiendanorte.example',
  PLACET_BRAND: 'Tienda Norte',
  PLACET_CONTROLLER: 'Comercial Norte, S. L.',
  PLACET_EGRESS_ALLOW: `http://localhost:${addresses.ports.shop}`,
  PLACET_LOG_LEVEL: start.environment?.['PLACET_LOG_LEVEL'] ?? 'warn',
})

interface Seeded {
  readonly holders: ReadonlyMap<string, CardHolder>
  /** Ids of the staff, by key. */
  readonly staffIds: ReadonlyMap<string, string>
}

/** What the demo begins with. What an earlier run left is kept. */
async function seed(house: House, addresses: DemoAddresses, secrets: DemoSecrets): Promise<Seeded> {
  await seedRegistry(house)
  await seedClub(house)
  await seedWordings(house)
  await seedPlaces(house)
  await seedClients(house, addresses, secrets, placeClients)
  await seedServices(house)
  await seedPeople(house)
  return { holders: await seedCards(house), staffIds: await seedStaff(house) }
}

async function startSamples(
  house: House,
  addresses: DemoAddresses,
  secrets: DemoSecrets,
  outbox: SmtpSink,
  { holders, staffIds }: Seeded,
) {
  const { add, closeAll } = closer()
  const privacyCentre = `${addresses.issuer}/privacy`
  const { issuer, ports } = addresses
  const secretOf = (clientId: string) => secrets.clientSecret(clientId) ?? ''
  add(
    await startShop({
      issuer,
      clientId: 'tienda-norte-web',
      clientSecret: secretOf('tienda-norte-web'),
      origin: addresses.shop,
      port: ports.shop,
      links: { privacyCentre, newsletter: addresses.newsletter },
    }),
    (shop) => shop.close(),
  )
  const newsletter = add(
    await startNewsletter({
      issuer,
      clientId: 'correo-norte',
      clientSecret: secretOf('correo-norte'),
      origin: addresses.newsletter,
      port: ports.newsletter,
      privacyCentre,
    }),
    (one) => one.close(),
  )
  add(
    await startTill({
      issuer,
      clientId: till.clientId,
      clientSecret: secretOf(till.clientId),
      origin: addresses.till,
      port: ports.till,
      scanner: cardScreens(house, holders),
    }),
    (one) => one.close(),
  )
  const ring = await telephone({
    issuer,
    clientId: telephony,
    clientSecret: secretOf(telephony),
    holders,
    agent: staffIds.get('lucia') ?? '',
  })
  const app = add(sampleApp({ issuer, clientId: 'tienda-norte-app', backHref: addresses.tour }), (one) =>
    one.close(),
  )
  add(
    await startTour({
      addresses,
      people: people.map((person) => ({ ...person, ...holders.get(person.key) })),
      mails: () => outbox.messages,
      subscribers: newsletter.subscriberCount,
      appUser: app.user,
      ring,
      kioskCode: async () =>
        (await issueTerminalCode(house.places, { actor: seeder, touchpointId: kiosk.id })).code,
      staffEnrolment: () => staffEnrolmentLink(house),
      startApp: app.start,
    }),
    (tour) => tour.close(),
  )
  return { closeAll }
}

const clusterOf = (directory: string): string => join(directory, 'postgres')

/** Removes everything a demo left in a directory, and the directory with it. */
export async function forgetDemo(directory: string): Promise<void> {
  await removeEmbeddedPostgres(clusterOf(directory))
  await rm(directory, { recursive: true, force: true })
}

/** Starts everything on an embedded PostgreSQL and seeds it. Idempotent: what an earlier run left is used again. */
export async function startDemo(start: DemoStart): Promise<Demo> {
  const addresses = demoAddresses(start.port)
  const { add, closeAll } = closer()
  const cluster = clusterOf(start.directory)
  try {
    add(await occupyDirectory(start.directory, addresses.tour), (giveBack) => giveBack())
    if (start.reset) {
      await removeEmbeddedPostgres(cluster)
      await rm(secretsFile(start.directory), { force: true })
    }
    const postgres = add(await startEmbeddedPostgres({ directory: cluster }), (one) => one.stop())
    await postgres.createDatabase('placet').catch((error: { code?: string }) => {
      if (error.code !== '42P04') throw error
    })
    await migrateToLatest(postgres.connection('placet'))
    const outbox = add(await startSmtpSink(), (sink) => sink.close())
    const secrets = await demoSecrets(start.directory)
    const environment = demoEnvironment(start, addresses, outbox.url)
    await writeFile(join(start.directory, 'environment.json'), JSON.stringify(environment, null, 2))
    const config = loadConfig(
      { ...environment, PLACET_KEK: secrets.kek, PLACET_SECRET: secrets.secret },
      'demo',
    )
    const connection = { ...postgres.connection('placet'), user: 'placet_app' }
    const house = add(
      await compose(config, connection, {
        channels: (parts) => [oneClickChannel(parts), staffOneClickChannel(parts)],
        shortcuts: oneClickShortcuts,
      }),
      (one) => one.close(),
    )
    await settleHouse(house)
    const seeded = await seed(house, addresses, secrets)
    add(startBackground(house), (background) => background.stop())
    add(await listen(house.web.callback(), addresses.ports.issuer, '127.0.0.1'), (web) => web.close(500))
    add(await startSamples(house, addresses, secrets, outbox, seeded), (samples) => samples.closeAll())
    return { addresses, house, outbox, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}
