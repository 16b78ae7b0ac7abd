import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCommandHouse } from '../../src/compose.ts'
import { publishedSecret } from '../../src/platform/config/index.ts'
import { post, type RelyingParty } from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { placet, urlOf } from './run-placet.ts'

let app: TestApp
let robot: RelyingParty
beforeAll(async () => {
  app = await startTestApp()
  const made = await run(['client', 'create'], {
    client_id: 'robot',
    grant_types: ['client_credentials'],
    first_party: true,
  })
  robot = { clientId: 'robot', secret: made.json().client_secret, redirectUri: '' }
  await app.house.oidc.reloadClients()
})
afterAll(() => app?.close())

/** The command as an operator runs it beside the service, on the same database and keys. */
const run = (args: readonly string[], document?: unknown, more: readonly string[] = ['--json']) =>
  placet([...args, ...more], {
    env: {
      NODE_ENV: 'test',
      PLACET_ISSUER: app.origin,
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
      PLACET_BRAND: 'Tienda Norte',
      PLACET_CONTROLLER: 'Comercial Norte, S. L.',
      DATABASE_URL: urlOf(app.database.appConnection),
    },
    openHouse: openCommandHouse,
    ...(document === undefined ? {} : { input: JSON.stringify(document) }),
  })

const identifier = 'https://existencias.tiendanorte.example'
const stock = {
  identifier,
  name: 'Existencias',
  token_format: 'jwt',
  consent_gated: false,
  scopes: ['stock:read', 'stock:write'],
}
const ask = async (resource = identifier) => {
  const fields = { grant_type: 'client_credentials', resource, scope: 'stock:read stock:write' }
  return (await (await post(app.origin, '/oidc/token', robot, fields)).json()) as Record<string, unknown>
}

/** The service runs beside the command and is told by the database. */
const soon = (expected: object) => expect.poll(() => ask(), { timeout: 4_000 }).toMatchObject(expected)

describe('placet resource', () => {
  test('registers a service, opens it to a client, closes it again and retires it, the service running', async () => {
    const created = await run(['resource', 'create'], stock)
    expect(created.code, created.err).toBe(0)
    expect(created.json()).toEqual({
      ...stock,
      signing_alg: 'ES256',
      lifetime_seconds: 300,
      introspecting_clients: [],
      clients: {},
      created_at: expect.any(String),
      retired_at: null,
    })
    expect(created.err).toContain(`placet resource allow ${identifier} CLIENT SCOPE…`)
    expect(await ask()).toMatchObject({ error: 'invalid_target' })

    const allowed = await run(['resource', 'allow', identifier, 'robot', 'stock:read'])
    expect(allowed.json().clients).toEqual({ robot: ['stock:read'] })
    await soon({ scope: 'stock:read', expires_in: 300 })

    const taken = await run(['resource', 'disallow', identifier, 'robot'])
    expect(taken.json().clients).toEqual({})
    await soon({ error: 'invalid_target' })

    const retired = await run(['resource', 'retire', identifier])
    expect(retired.json().retired_at).toEqual(expect.any(String))
    expect(retired.err).toContain('300 s at most')

    const listed = (await run(['resource', 'list'])).json()
    expect(listed).toEqual([retired.json()])
    // What was listed can be handed in again, in place of the retired one.
    const again = await run(['resource', 'create'], { ...listed[0], clients: { robot: ['stock:write'] } })
    expect(again.json()).toMatchObject({ retired_at: null, clients: { robot: ['stock:write'] } })
    await soon({ scope: 'stock:write' })
  })

  test('lists for people one line each, with nothing in colour when nobody looks', async () => {
    const { code, out } = await run(['resource', 'list'], undefined, [])
    expect(code).toBe(0)
    expect(out).toBe(`${identifier}\tjwt\tExistencias\n`)
  })

  const opaque = { identifier: 'urn:tienda:puntos', name: 'Puntos', scopes: ['points:read'] }
  test.each([
    [
      'a client that is not registered',
      { ...stock, identifier: 'urn:tienda:a', clients: { nadie: ['stock:read'] } },
      'clients.nadie',
      'unknown-client',
      'tienda-norte-web',
    ],
    [
      'somebody unknown to introspect',
      { ...opaque, introspecting_clients: ['nadie'] },
      'introspecting_clients',
      'unknown-client',
      'register it first',
    ],
    [
      'a client without a secret to introspect',
      { ...opaque, introspecting_clients: ['tienda-norte-app'] },
      'introspecting_clients',
      'public-client',
      'cannot prove',
    ],
    [
      'a scope that asks for data of the catalogue',
      { ...stock, identifier: 'urn:tienda:b', scopes: ['attributes'] },
      'scopes',
      'identity-scope',
      'claims about the person',
    ],
    [
      'opaque tokens that nobody can ask about',
      { ...stock, identifier: 'urn:tienda:c', token_format: 'opaque' },
      'introspecting_clients',
      'missing',
      'introspects it',
    ],
  ])('refuses %s in words, and keeps nothing', async (_, document, field, code, words) => {
    const before = (await run(['resource', 'list'])).out
    const answer = await run(['resource', 'create'], document)
    expect(answer.code).toBe(1)
    expect(answer.json().error).toMatchObject({ code: 'resource-document', issues: [{ field, code }] })
    expect(answer.err).toContain(words)
    expect(answer.err).toContain('docs/operations.md, Services')
    expect((await run(['resource', 'list'])).out).toBe(before)
  })

  test.each([
    ['one that is there already', ['create'], stock, 'resource-exists', 1],
    ['to retire what is not there', ['retire', 'urn:nadie:nada'], undefined, 'resource-unknown', 1],
    [
      'to open what is not there',
      ['allow', 'urn:nadie:nada', 'robot', 'a'],
      undefined,
      'resource-unknown',
      1,
    ],
    [
      'a scope it does not have',
      ['allow', identifier, 'robot', 'stock:burn'],
      undefined,
      'resource-document',
      1,
    ],
    [
      'somebody who is not there',
      ['allow', identifier, 'nadie', 'stock:read'],
      undefined,
      'resource-document',
      1,
    ],
    [
      'to close what is closed',
      ['disallow', identifier, 'tienda-norte-web'],
      undefined,
      'resource-client-unknown',
      1,
    ],
  ])('refuses %s', async (_, args, document, code, exit) => {
    const answer = await run(['resource', ...args], document)
    expect(answer.code).toBe(exit)
    expect(answer.json().error).toMatchObject({ code, fix: expect.stringMatching(/\w/) })
  })

  test('what is no document, and a scope that is missing, are told before anything is tried', async () => {
    const unread = await placet(['resource', 'create', '--json'], { input: '[1]' })
    expect([unread.code, unread.json().error.code]).toEqual([2, 'input-unreadable'])
    expect((await placet(['resource', 'allow', identifier, 'robot'])).code).toBe(2)
  })
})
