import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Http, openHttp } from '../../bench/generator/http.ts'
import { startMailSink } from '../../bench/house/mail-sink.ts'
import { newSecrets } from '../../bench/house/settings.ts'
import { type BenchHouse, startHouse } from '../../bench/house/start-house.ts'
import { runLoad } from '../../bench/load/load.ts'
import { countRoundTrips } from '../../bench/meters/round-trips.ts'
import { scenarioOf } from '../../bench/scenarios.ts'
import type { Target } from '../../bench/target.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let mail: Awaited<ReturnType<typeof startMailSink>>
let house: BenchHouse
let target: Target
let http: Http

beforeAll(async () => {
  database = await createTestDatabase()
  mail = await startMailSink()
  house = await startHouse({
    database: database.appConnection,
    smtpUrl: mail.url,
    secrets: newSecrets(),
  })
  target = await house.seed(6)
  http = openHttp(house.origin, 2)
})
afterAll(async () => {
  await http?.close()
  await house?.close()
  mail?.close()
  await database?.drop()
})

/**
 * Round trips of one operation, after a few that fill caches and prepare statements. The least of several, because a
 * session that happens to be touched, or a poll of the registry, is not part of the operation.
 */
async function costOf(id: string) {
  const { house: side } = scenarioOf(id)
  if (side.where === 'floor') throw new Error('a floor is not the house')
  const { operate, close } = await (side.where === 'client'
    ? side.prepare({ http, target, connections: 2 })
    : side.prepare(house.inside))
  const counts = []
  for (let turn = 0; turn < 8; turn += 1) {
    const counting = countRoundTrips()
    const { errors, firstError } = await runLoad(operate, { kind: 'one-by-one', operations: 1 })
    const counted = counting.stop()
    expect({ errors, firstError }).toEqual({ errors: 0, firstError: undefined })
    if (turn >= 3) counts.push(counted)
  }
  await close?.()
  return {
    roundTrips: Math.min(...counts.map((one) => one.roundTrips)),
    statements: Math.min(...counts.map((one) => one.statements)),
  }
}

// What one operation costs in round trips to PostgreSQL today. A number that grows here is a slower product on every
// machine; one that shrinks is to be written down as the new mark.
test.each([
  { id: 'S0', what: 'the discovery document', roundTrips: 0, statements: 0 },
  { id: 'S1-opaque', what: 'an opaque token by client credentials', roundTrips: 1, statements: 1 },
  { id: 'S2', what: 'a refresh with rotation', roundTrips: 2, statements: 2 },
  { id: 'S3', what: 'single sign-on and the exchange of its code', roundTrips: 4, statements: 4 },
  { id: 'S7', what: 'an introspection', roundTrips: 1, statements: 1 },
  { id: 'S8', what: 'userinfo, decided and recorded', roundTrips: 3, statements: 3 },
  { id: 'S9-hand', what: 'a thousand decisions with the facts in hand', roundTrips: 0, statements: 0 },
  { id: 'S9-batch', what: 'a hundred people read and decided on', roundTrips: 1, statements: 100 },
  { id: 'S10', what: 'a choice recorded with its proofs', roundTrips: 6, statements: 6 },
])('$what costs $roundTrips round trips ($id)', async ({ id, roundTrips, statements }) => {
  expect(await costOf(id)).toEqual({ roundTrips, statements })
})

test('a whole password sign-in from a new browser does not grow beyond what it costs today', async () => {
  // Not exact: what is done after the answer has left overlaps with the next page or does not.
  expect((await costOf('S4')).roundTrips).toBeLessThanOrEqual(31)
})
