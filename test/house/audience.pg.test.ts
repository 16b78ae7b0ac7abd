import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { gatekeepers } from '../../src/compose/gatekeepers.ts'
import { json } from '../../src/platform/web/answer.ts'
import { defineRoute } from '../../src/platform/web/define-route.ts'
import { arrangeClient, openPool } from '../oidc/support/arrange.ts'
import { tokenRequest } from '../oidc/support/flow.ts'
import { openHouse as openEngine } from '../oidc/support/house.ts'
import { type House, openHouse } from '../platform/web/small-house.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

const ourApi = 'https://id.tienda.example/api/v1'
const warehouse = 'https://almacen.tienda.example'

let database: TestDatabase
let engine: Awaited<ReturnType<typeof openEngine>>
/** Our API, and the same without the rule: what a token would open if nobody compared. */
let house: House
let careless: House

const route = defineRoute({
  name: 'permissions',
  method: 'GET',
  path: '/api/v1/permissions',
  caller: { who: 'client', scope: 'permissions:read' },
  query: z.object({}),
  answers: [200],
  handle: async ({ actor }) => json(actor),
})

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  await arrangeClient(pool, {
    clientId: 'correo',
    metadata: { grant_types: ['client_credentials'], redirect_uris: [] },
  })
  await pool.end()
  engine = await openEngine(database.appConnection, {
    deps: {
      findResource: (indicator) =>
        [ourApi, warehouse].includes(indicator)
          ? { indicator, scopes: ['permissions:read', 'orders:read'], consentGated: true, introspectors: [] }
          : undefined,
    },
  })
  const open = (audience: string) =>
    openHouse({
      routes: [route],
      gatekeepers: gatekeepers({
        oidc: engine.oidc,
        audience,
        staff: async () => undefined,
        subjectSignIn: () => '/',
      }),
    })
  house = await open(ourApi)
  careless = await open(warehouse)
})
afterAll(async () => {
  await house?.server.close(0)
  await careless?.server.close(0)
  await engine?.close()
  await database?.drop()
})

async function tokenFor(resource: string, scope: string): Promise<string> {
  const fields = { grant_type: 'client_credentials', resource, scope }
  const answer = await tokenRequest(engine.origin, 'correo', fields)
  const { access_token: token } = (await answer.json()) as { access_token: string }
  expect(answer.status).toBe(200)
  return token
}
const ask = (at: House, token: string) =>
  at.send('/api/v1/permissions', {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  })

describe('an access token shown to our own API', () => {
  it('opens it when it was given for it and holds the scope', async () => {
    const { status, text } = await ask(house, await tokenFor(ourApi, 'permissions:read'))
    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual({ kind: 'client', clientId: 'correo', scopes: ['permissions:read'] })
  })

  it('is refused as no token of ours when it was given for another service (R26; RFC 6750 3.1)', async () => {
    const elsewhere = await tokenFor(warehouse, 'permissions:read')
    const refused = await ask(house, elsewhere)
    expect(refused.status).toBe(401)
    expect(refused.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    // Negative control: the audience alone makes the difference, the token is good where it belongs.
    expect((await ask(careless, elsewhere)).status).toBe(200)
    expect((await ask(careless, await tokenFor(ourApi, 'permissions:read'))).status).toBe(401)
  })

  it('without the scope is told which one is missing (RFC 6750 3.1)', async () => {
    const refused = await ask(house, await tokenFor(ourApi, 'orders:read'))
    expect(refused.status).toBe(403)
    expect(refused.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_scope", scope="permissions:read"',
    )
  })

  it('that is no token at all is told so, and none asks for one', async () => {
    const refused = await ask(house, 'A'.repeat(43))
    expect(refused.status).toBe(401)
    expect(refused.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    const bare = await house.send('/api/v1/permissions', { headers: { accept: 'application/json' } })
    expect(bare.status).toBe(401)
    expect(bare.headers['www-authenticate']).toBe('Bearer')
  })
})
