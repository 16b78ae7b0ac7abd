import { loadSite } from '../process/load-site.ts'
import { serveOrders } from '../process/serve-orders.ts'
import { scenarioOf } from '../scenarios.ts'
import { startBareProvider } from './bare-provider.ts'
import type { FloorInside } from './inside.ts'
import { startKoaHello } from './koa-hello.ts'

/*
 * What the house is compared with: each of its parts at the least it can cost, in a process of its own beside it, so that
 * both meet the same machine in the same minutes.
 */
const inside: FloorInside = JSON.parse(process.argv[2] ?? '{}')
const hello = await startKoaHello()
const provider = await startBareProvider()

const site = loadSite(async ({ scenario }) => {
  const { floor } = scenarioOf(scenario)
  if (floor?.where !== 'floor') throw new Error(`${scenario} has no floor in this process`)
  return floor.prepare(inside)
})

serveOrders(
  { origin: provider.target(0, hello.origin).issuer },
  { ...site, seed: async ({ people }) => provider.target(people, hello.origin) },
  async () => {
    await site.close()
    provider.close()
    hello.close()
  },
)
