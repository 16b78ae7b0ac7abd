import { type AddressInfo, createServer } from 'node:net'
import { checkDatabaseBeforeStart } from '../../src/compose/pg-start-checks.ts'
import { redecideParts, redecideUntilDone } from '../../src/compose/redecide.ts'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { compose } from '../../src/compose.ts'
import { moveSubject, whoMayBeContacted } from '../../src/features/consent/index.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { loadConfig } from '../../src/platform/config/index.ts'
import { listen } from '../../src/platform/web/listen.ts'
import type { Target } from '../target.ts'
import type { HouseInside } from './inside.ts'
import { answer, seedPeople } from './seed-people.ts'
import { seedRegistry } from './seed-registry.ts'
import type { HouseSettings } from './settings.ts'

export interface BenchHouse {
  readonly origin: string
  readonly inside: HouseInside
  seed(people: number): Promise<Target>
  close(): Promise<void>
}

/** The issuer is part of the configuration, so the port must be known before anything listens on it. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Production's settings, but for plain HTTP on the loopback and a balancer there that is believed. */
const configFor = (port: number, { smtpUrl, secrets }: HouseSettings) =>
  loadConfig({
    NODE_ENV: 'production',
    PLACET_ISSUER: `http://127.0.0.1:${port}`,
    PORT: String(port),
    HOST: '127.0.0.1',
    PLACET_TRUSTED_PROXIES: '127.0.0.1',
    PLACET_LOG_LEVEL: 'warn',
    PLACET_KEK: secrets.kek,
    PLACET_SECRET: secrets.secret,
    PLACET_MAIL_FROM: 'no-reply@bench.example',
    SMTP_URL: smtpUrl,
    // Only so that the configuration is complete: the connection itself is handed over, a socket has no URL.
    DATABASE_URL: 'postgres://placet_app@localhost/placet',
  })

/** Starts as the web process does: checks, composes, settles, listens. */
export async function startHouse(settings: HouseSettings): Promise<BenchHouse> {
  const port = await freePort()
  const config = configFor(port, settings)
  // All that production checks, but for the one thing it refuses: the cluster of the bench is the embedded one.
  await checkDatabaseBeforeStart(settings.database, { production: false })
  const house = await compose(config, settings.database)
  await settleHouse(house)
  const web = await listen(house.web.callback(), port, '127.0.0.1')
  const people: SubjectId[] = []
  const refused = new Set<SubjectId>()
  const abroad = new Set<SubjectId>()
  const permissions = redecideParts(house)
  const asking = { controller: house.names.controller, brand: house.names.brand }

  return {
    origin: config.issuer.origin,
    inside: {
      people,
      asking,
      registry: () => house.registry.current(),
      async readFacts(subjectId) {
        const known = await house.ledger.facts.find(subjectId)
        if (known === undefined) throw new Error('a person is missing')
        return known.facts
      },
      contactable: (after, limit) =>
        whoMayBeContacted(
          permissions,
          { ...asking, purpose: 'marketing.direct', contactChannel: 'email' },
          { after, limit },
        ),
      settlePermissions: () => redecideUntilDone(house),
      async redecide(subjectId) {
        const home = abroad.delete(subjectId)
        if (!home) abroad.add(subjectId)
        const actor = { kind: 'system', name: 'bench' } as const
        await moveSubject(permissions, { subjectId, actor, jurisdiction: home ? 'ES' : 'PT' })
      },
      // No after yes after no: the same answer twice is no news, and would record nothing.
      async recordChoice(subjectId) {
        const again = refused.delete(subjectId)
        if (!again) refused.add(subjectId)
        await answer(house, subjectId, { 'marketing.direct': again ? 'yes' : 'no' })
      },
    },
    async seed(count) {
      const clients = await seedRegistry(house)
      const seeded = await seedPeople(house, count)
      people.push(...seeded.subjects)
      return {
        issuer: `${config.issuer.origin}`,
        ...clients,
        people: seeded.people,
        expectedClaim: 'given_name',
      }
    },
    async close() {
      await web.close(0)
      await house.close()
    },
  }
}
