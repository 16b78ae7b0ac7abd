import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Http, openHttp } from '../../bench/generator/http.ts'
import { startMailSink } from '../../bench/house/mail-sink.ts'
import { newSecrets } from '../../bench/house/settings.ts'
import { type BenchHouse, startHouse } from '../../bench/house/start-house.ts'
import { countRoundTrips, type RoundTripCount } from '../../bench/meters/round-trips.ts'
import type { SideOfScenario } from '../../bench/scenarios/scenario.ts'
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

/** Waits until this process has asked nothing of PostgreSQL for a while. */
async function quiet() {
  let last: number
  do {
    const counting = countRoundTrips()
    await sleep(40)
    last = counting.stop().statements
  } while (last > 0)
}

/** Once to fill caches and prepare statements; then the least of these, because a poll of the registry is no part of it. */
const timesCounted = 4

type Cost = RoundTripCount
type ClientSide = Extract<SideOfScenario, { where: 'client' }>
type HouseSide = Extract<SideOfScenario, { where: 'house' }>

const lesser = (one: Cost, other: Cost | undefined): Cost => ({
  roundTrips: Math.min(one.roundTrips, other?.roundTrips ?? Number.POSITIVE_INFINITY),
  statements: Math.min(one.statements, other?.statements ?? Number.POSITIVE_INFINITY),
})

/**
 * What each request of an operation over HTTP costs until its answer, by its address. What is done after an answer has
 * left (the mail that tells of it, the trail of the engine) is waited for, so that it never counts as the next
 * request's, however slow the machine.
 */
async function costOfSteps(prepare: ClientSide['prepare']): Promise<ReadonlyMap<string, Cost>> {
  const least = new Map<string, Cost>()
  const counted: Http = {
    ...http,
    send: async (where, request) => {
      await quiet()
      const counting = countRoundTrips()
      const answer = await http.send(where, request)
      const cost = counting.stop()
      const path = new URL(where, http.origin).pathname.replace(/[A-Za-z0-9_-]{16,}/, ':uid')
      const step = `${request?.method ?? 'GET'} ${path}`
      least.set(step, lesser(cost, least.get(step)))
      return answer
    },
  }
  const { operate, close } = await prepare({ http: counted, target, connections: 2 })
  await operate()
  least.clear()
  for (let turn = 0; turn < timesCounted; turn += 1) await operate()
  await close?.()
  return least
}

async function costInside(prepare: HouseSide['prepare']): Promise<Cost> {
  const { operate, close } = await prepare(house.inside)
  await operate()
  let least: Cost | undefined
  for (let turn = 0; turn < timesCounted; turn += 1) {
    await quiet()
    const counting = countRoundTrips()
    await operate()
    least = lesser(counting.stop(), least)
  }
  await close?.()
  if (least === undefined) throw new Error('nothing was counted')
  return least
}

async function costOf(id: string): Promise<Cost> {
  const { house: side } = scenarioOf(id)
  if (side.where === 'floor') throw new Error('a floor is not the house')
  if (side.where === 'house') return costInside(side.prepare)
  const steps = [...(await costOfSteps(side.prepare)).values()]
  return {
    roundTrips: steps.reduce((sum, { roundTrips }) => sum + roundTrips, 0),
    statements: steps.reduce((sum, { statements }) => sum + statements, 0),
  }
}

async function stepsOf(id: string): Promise<readonly string[]> {
  const { house: side } = scenarioOf(id)
  if (side.where !== 'client') throw new Error('only a flow over HTTP has steps')
  return [...(await costOfSteps(side.prepare))].map(([step, { roundTrips }]) => `${roundTrips} ${step}`)
}

// What one operation costs in round trips to PostgreSQL today. A number that grows here is a slower product on every
// machine; one that shrinks is to be written down as the new mark.
test.each([
  { id: 'S0', what: 'the discovery document', roundTrips: 0, statements: 0 },
  { id: 'S1-opaque', what: 'an opaque token by client credentials', roundTrips: 1, statements: 1 },
  { id: 'S1-jwt', what: 'a JWT by client credentials', roundTrips: 0, statements: 0 },
  { id: 'S2', what: 'a refresh with rotation', roundTrips: 2, statements: 2 },
  { id: 'S3', what: 'single sign-on and the exchange of its code', roundTrips: 4, statements: 4 },
  { id: 'S7', what: 'an introspection', roundTrips: 1, statements: 1 },
  { id: 'S8', what: 'userinfo, decided and recorded', roundTrips: 2, statements: 2 },
  { id: 'S9-hand', what: 'a thousand decisions with the facts in hand', roundTrips: 0, statements: 0 },
  { id: 'S9-batch', what: 'a hundred people read and decided on', roundTrips: 1, statements: 100 },
  { id: 'S10', what: 'a choice recorded with its proofs', roundTrips: 2, statements: 2 },
])('$what costs $roundTrips round trips ($id)', async ({ id, roundTrips, statements }) => {
  expect(await costOf(id)).toEqual({ roundTrips, statements })
})

test('a passkey sign-in costs nine round trips from the first request to the tokens (S5p)', async () => {
  expect(await stepsOf('S5p')).toEqual([
    '1 GET /oidc/auth', // the request is kept, and the browser told what it is about
    '0 GET /sign-in/:uid', // the way to the page that is due
    '0 GET /sign-in/:uid/identify',
    '1 POST /sign-in/:uid/passkey/options', // the visitor counted; a challenge is kept when it is used
    '3 POST /sign-in/:uid/passkey', // challenge spent and passkey found; person let in, with its proof; answer left
    '2 GET /oidc/auth/:uid', // everything about person, session and client; session, grant and code
    '2 POST /oidc/token', // the same for the code; code spent, tokens kept
  ])
})

test('a password sign-in from a new browser, a passkey offered and declined, costs nine (S4)', async () => {
  expect(await stepsOf('S4')).toEqual([
    '1 GET /oidc/auth',
    '0 GET /sign-in/:uid',
    '0 GET /sign-in/:uid/identify',
    '0 POST /sign-in/:uid/identify',
    '0 GET /sign-in/:uid/enter-password',
    '3 POST /sign-in/:uid/enter-password', // visitor counted, account; its tries; person let in, passkeys looked up
    '0 GET /sign-in/:uid/create-passkey',
    '1 POST /sign-in/:uid/create-passkey/skip', // answer left
    '2 GET /oidc/auth/:uid',
    '2 POST /oidc/token',
  ])
})
