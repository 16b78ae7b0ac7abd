import { countRoundTrips } from '../meters/round-trips.ts'
import { loadSite } from '../process/load-site.ts'
import { serveOrders } from '../process/serve-orders.ts'
import { scenarioOf } from '../scenarios.ts'
import type { HouseSettings } from './settings.ts'
import { startHouse } from './start-house.ts'

/* The house under test, in a process of its own, as `npm start` would run it on this database. */
const settings: HouseSettings = JSON.parse(process.argv[2] ?? '{}')
const house = await startHouse(settings)
let counting: ReturnType<typeof countRoundTrips> | undefined

const site = loadSite(async ({ scenario }) => {
  const declared = scenarioOf(scenario).house
  if (declared.where !== 'house') throw new Error(`${scenario} is not run inside the house`)
  return declared.prepare(house.inside)
})

serveOrders(
  { origin: house.origin },
  {
    ...site,
    seed: ({ people }) => house.seed(people),
    startCounting: async () => {
      counting = countRoundTrips()
      return null
    },
    stopCounting: async () => counting?.stop() ?? { roundTrips: 0, statements: 0 },
  },
  async () => {
    await site.close()
    await house.close()
  },
)
