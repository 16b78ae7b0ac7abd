import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { workOn } from '../../src/compose/pg-work.ts'
import type { Actor } from '../../src/kernel/actor.ts'
import {
  allowClientAtResource,
  pgResourceReads,
  type Resource,
  registerResource,
  retireResource,
} from '../../src/oidc/index.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, openPool } from './support/arrange.ts'
import { tokenRequest } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'
import { type ServingProcess, serveInProcess } from './support/two-processes.ts'

/*
 * Two processes that look at their services by themselves once an hour: what they know in between, they were told. All
 * is written with the rights of the application.
 */
const anHour = 3_600_000
const actor: Actor = { kind: 'system', name: 'test' }

let database: TestDatabase
let owner: pg.Pool
let lane: Knex
let parts: Parameters<typeof registerResource>[0]
let house: House
let other: ServingProcess

beforeAll(async () => {
  database = await createTestDatabase()
  owner = openPool(database.connection)
  for (const clientId of ['almacen', 'existencias-api', 'tienda-tpv']) {
    await arrangeClient(owner, {
      clientId,
      metadata: { grant_types: ['client_credentials'], redirect_uris: [] },
    })
  }
  lane = openLane(database.appConnection, 'test', 2)
  parts = { work: workOn(lane), clock: systemClock }
  house = await openHouse(database.appConnection, { pollMs: anHour })
  other = await serveInProcess({
    connection: JSON.stringify(database.appConnection),
    issuer: house.issuer,
    poll: String(anHour),
  })
})
afterAll(async () => {
  await other?.close()
  await house?.close()
  await lane?.destroy()
  await owner?.end()
  await database?.drop()
})

let turn = 0
let stock: Resource
beforeEach(() => {
  turn += 1
  stock = {
    identifier: `https://existencias-${turn}.tienda.example`,
    name: 'Existencias',
    tokenFormat: 'opaque',
    signingAlg: undefined,
    scopes: ['stock:read', 'stock:write'],
    lifetimeSeconds: 120,
    consentGated: true,
    introspectors: ['existencias-api'],
    clients: { almacen: ['stock:read'] },
  }
})

const ask = async (origin: string, clientId = 'almacen', scope = 'stock:read stock:write') => {
  const response = await tokenRequest(origin, clientId, {
    grant_type: 'client_credentials',
    resource: stock.identifier,
    scope,
  })
  return (await response.json()) as { scope?: string; expires_in?: number; error?: string }
}

/** What both processes say, asked again until it is as expected or five seconds have gone by. */
async function both(expected: object, clientId?: string) {
  const until = performance.now() + 5_000
  for (const origin of [house.origin, other.origin]) {
    let said = await ask(origin, clientId)
    for (; !Object.entries(expected).every(([name, value]) => said[name as 'scope'] === value); ) {
      if (performance.now() > until) break
      await sleep(20)
      said = await ask(origin, clientId)
    }
    expect(said).toMatchObject(expected)
  }
}

describe('every process is told at the commit', () => {
  it('of a service that was registered, and of one that was retired (RFC 8707 2)', async () => {
    await both({ error: 'invalid_target' })
    await registerResource(parts, { actor, resource: stock })
    await both({ scope: 'stock:read', expires_in: 120 })
    await retireResource(parts, { actor, identifier: stock.identifier })
    await both({ error: 'invalid_target' })
  })

  it('of a client that may ask for more, for less, and no longer', async () => {
    await registerResource(parts, { actor, resource: stock })
    const allow = (clientId: string, scopes: readonly string[]) =>
      allowClientAtResource(parts, { actor, identifier: stock.identifier, clientId, scopes })
    await both({ error: 'invalid_target' }, 'tienda-tpv')
    await allow('tienda-tpv', ['stock:read', 'stock:write'])
    await both({ scope: 'stock:read stock:write' }, 'tienda-tpv')
    await allow('tienda-tpv', ['stock:write'])
    await both({ scope: 'stock:write' }, 'tienda-tpv')
    await allow('tienda-tpv', [])
    await both({ error: 'invalid_target' }, 'tienda-tpv')
  })

  it('of nothing that was rolled back', async () => {
    const failing = parts.work(async ({ resources, audit }) => {
      await resources.register(stock, new Date())
      await audit.record({ action: 'oidc.resource-registered', actor, at: new Date() })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await sleep(200)
    await both({ error: 'invalid_target' })
  })
})

describe('an identifier', () => {
  it('stands for one service at a time; registered anew after its end it has none of the clients of before', async () => {
    await registerResource(parts, { actor, resource: stock })
    await expect(registerResource(parts, { actor, resource: stock })).rejects.toMatchObject({
      code: 'resource-exists',
    })
    await retireResource(parts, { actor, identifier: stock.identifier })
    await expect(retireResource(parts, { actor, identifier: stock.identifier })).rejects.toMatchObject({
      code: 'resource-unknown',
    })
    const anew = { ...stock, name: 'Otra', clients: { 'tienda-tpv': ['stock:read'] } }
    await registerResource(parts, { actor, resource: anew })
    const kept = await pgResourceReads(lane).find(stock.identifier)
    expect(kept).toMatchObject({ ...anew, retiredAt: undefined, introspectors: ['existencias-api'] })
    await both({ error: 'invalid_target' })
    await both({ scope: 'stock:read' }, 'tienda-tpv')
  })

  it('that two register at once is given to one of them', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 6 }, () => registerResource(parts, { actor, resource: stock })),
    )
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})

describe('who may ask', () => {
  it('is told which scopes there are, and a client that may not ask is not taken away twice', async () => {
    await registerResource(parts, { actor, resource: stock })
    const allow = (clientId: string, scopes: readonly string[]) =>
      allowClientAtResource(parts, { actor, identifier: stock.identifier, clientId, scopes })
    await expect(allow('tienda-tpv', ['stock:burn'])).rejects.toThrow(/stock:burn.*stock:read, stock:write/)
    await expect(allow('tienda-tpv', [])).rejects.toMatchObject({ code: 'resource-client-unknown' })
    await expect(allow('almacen', [])).resolves.toBeUndefined()
    await expect(allow('almacen', [])).rejects.toMatchObject({ code: 'resource-client-unknown' })
  })

  it('may introspect all the same once it no longer asks for tokens itself', async () => {
    await registerResource(parts, { actor, resource: stock })
    const allow = (scopes: readonly string[]) =>
      allowClientAtResource(parts, {
        actor,
        identifier: stock.identifier,
        clientId: 'existencias-api',
        scopes,
      })
    await allow(['stock:read'])
    await allow([])
    const kept = await pgResourceReads(lane).find(stock.identifier)
    expect(kept).toMatchObject({ introspectors: ['existencias-api'], clients: { almacen: ['stock:read'] } })
  })
})

describe('what the table itself refuses, whoever writes', () => {
  it.each([
    ['a JWT where consent counts', "update oidc_resources set token_format = 'jwt', signing_alg = 'ES256'"],
    ['a life of an hour', 'update oidc_resources set lifetime_seconds = 3600'],
    ['a JWT that nobody signs', "update oidc_resources set token_format = 'jwt', consent_gated = false"],
    ['a symmetric signature', "update oidc_resources set signing_alg = 'HS256'"],
  ])('%s (R26, R28)', async (_, sql) => {
    await registerResource(parts, { actor, resource: stock })
    await expect(owner.query(`${sql} where identifier = $1`, [stock.identifier])).rejects.toMatchObject({
      code: '23514',
    })
  })
})

it('leaves a line in the trail for each change, with who did it', async () => {
  await registerResource(parts, { actor, resource: stock })
  await allowClientAtResource(parts, {
    actor,
    identifier: stock.identifier,
    clientId: 'almacen',
    scopes: [],
  })
  await retireResource(parts, { actor, identifier: stock.identifier })
  const { rows } = await owner.query<{ entry: string }>(
    'select entry from audit_entries where position($1 in entry) > 0 order by seq',
    [`resource:${stock.identifier}`],
  )
  expect(rows.map(({ entry }) => JSON.parse(entry).action)).toEqual([
    'oidc.resource-registered',
    'oidc.resource-client-disallowed',
    'oidc.resource-retired',
  ])
})
