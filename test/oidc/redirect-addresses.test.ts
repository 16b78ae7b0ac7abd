import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlacetError } from '../../src/kernel/errors.ts'
import { parseClientMetadata } from '../../src/oidc/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import { authorizeUrl, pkce } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

let database: TestDatabase
let house: House

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  await arrangeClient(pool, {
    clientId: 'tienda-escritorio',
    metadata: {
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback', 'es.tienda.app:/callback'],
      token_endpoint_auth_method: 'none',
    },
    secrets: [],
  })
  await pool.end()
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  await house?.close()
  await database?.drop()
})

const authorize = (clientId: string, redirectUri: string) =>
  openBrowser().get(
    authorizeUrl(house.origin, { clientId, more: { redirect_uri: redirectUri } }, pkce().challenge),
  )

const nearMisses = [
  'https://tienda.example/callback/',
  'https://tienda.example/callback//',
  'https://tienda.example//callback',
  'https://tienda.example/callback?x=1',
  'https://tienda.example/callback?',
  'https://tienda.example/callback#',
  'https://tienda.example/callback#x',
  'https://tienda.example/callbac',
  'https://tienda.example/callbackx',
  'https://tienda.example/callback.evil',
  'https://tienda.example/Callback',
  'https://tienda.example/CALLBACK',
  'https://TIENDA.example/callback',
  'HTTPS://tienda.example/callback',
  'http://tienda.example/callback',
  'https://tienda.example:443/callback',
  'https://tienda.example:8443/callback',
  'https://tienda.example:/callback',
  'https://tienda.example./callback',
  'https://www.tienda.example/callback',
  'https://tienda.example.evil.example/callback',
  'https://evil.example/tienda.example/callback',
  'https://tienda.example@evil.example/callback',
  'https://evil.example@tienda.example/callback',
  'https://user:pass@tienda.example/callback',
  'https://tienda.example%40evil.example/callback',
  'https://tienda.example%2f@evil.example/callback',
  'https://tienda.example\\@evil.example/callback',
  'https://tienda.example\\callback',
  'https:\\\\tienda.example\\callback',
  'https:/tienda.example/callback',
  'https:tienda.example/callback',
  '//tienda.example/callback',
  '/callback',
  'callback',
  'https://tienda.example/%63allback',
  'https://tienda.example/callback%2f',
  'https://tienda.example/callback%252f',
  'https://tienda.example/callback%00',
  'https://tienda.example/callback%0a',
  'https://tienda.example/callback%20',
  'https://tienda.example/callback ',
  ' https://tienda.example/callback',
  'https://tienda.example/callback\t',
  'https://tienda.example/\tcallback',
  'https://tienda.example/callback\n',
  'https://tienda.example/./callback',
  'https://tienda.example/x/../callback',
  'https://tienda.example/callback/..',
  'https://tienda.example/callback/..;/admin',
  'https://tienda.example/callback;/x',
  'https://tienda.example/callback;jsessionid=1',
  'https://tienda.example/..;/callback',
  'https://tiend\u0430.example/callback',
  'https://xn--tiend-yve.example/callback',
  'https://tienda\u3002example/callback',
  'https://tienda.example\u2215callback',
  'https://\uff54ienda.example/callback',
  'https://127.0.0.1/callback',
  'https://[::1]/callback',
  'javascript://tienda.example/callback',
  'data:text/html,x',
  'tienda.example:/callback',
  'https://tienda.example/callback,https://evil.example',
  'https://tienda.example/callback https://evil.example',
  '',
]

describe('where a code may be sent', () => {
  it(`is compared byte for byte: ${nearMisses.length} near misses lead nowhere (R1, R2)`, async () => {
    expect(nearMisses.length).toBeGreaterThanOrEqual(60)
    expect((await authorize('tienda-web', 'https://tienda.example/callback')).status).toBe(303)
    for (const uri of nearMisses) {
      const response = await authorize('tienda-web', uri)
      expect(response.status, uri).toBe(400)
      expect(response.headers.get('location'), uri).toBeNull()
    }
  })

  it('may differ in the port, for a loopback address of a native client, and in nothing else (R1)', async () => {
    expect((await authorize('tienda-escritorio', 'http://127.0.0.1:49152/callback')).status).toBe(303)
    for (const uri of [
      'http://127.0.0.1:49152/other',
      'http://127.0.0.2:49152/callback',
      'http://localhost:49152/callback',
      'https://127.0.0.1:49152/callback',
      'http://127.0.0.1:49152@evil.example/callback',
      'http://127.0.0.1:x/callback',
      'es.tienda.app://callback',
    ]) {
      expect((await authorize('tienda-escritorio', uri)).status, uri).toBe(400)
    }
  })

  it('is a page of ours and not a redirect when the client is unknown (R2)', async () => {
    const response = await authorize('nadie', 'https://evil.example/')
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
  })

  it('is refused at registration when it is no place to send a code to (R3)', () => {
    const register = (uri: string, type: 'web' | 'native') => () =>
      parseClientMetadata(
        'app',
        {
          client_name: 'App',
          redirect_uris: [uri],
          application_type: type,
          token_endpoint_auth_method: 'none',
        },
        { firstParty: false },
      )
    for (const [uri, type] of [
      ['http://tienda.example/cb', 'web'],
      ['https://*.tienda.example/cb', 'web'],
      ['https://tienda.example/cb#x', 'web'],
      ['https://user@tienda.example/cb', 'web'],
      ['javascript:alert(1)', 'web'],
      ['javascript:alert(1)', 'native'],
      ['data:text/html,x', 'native'],
      ['myapp:/cb', 'native'],
      ['es.tienda.app:/cb', 'web'],
      ['https://tienda.example/cb ', 'web'],
      ['https://tienda.example\\cb', 'web'],
    ] as const) {
      expect(register(uri, type), uri).toThrow(PlacetError)
    }
    for (const [uri, type] of [
      ['https://tienda.example/cb', 'web'],
      ['http://localhost:3000/cb', 'web'],
      ['http://127.0.0.1/cb', 'native'],
      ['http://[::1]/cb', 'native'],
      ['es.tienda.app:/cb', 'native'],
    ] as const) {
      expect(register(uri, type), uri).not.toThrow()
    }
  })

  it('a client is never named like a person (R19)', () => {
    const named = (clientId: string) => () =>
      parseClientMetadata(
        clientId,
        { client_name: 'X', redirect_uris: ['https://x.example/'], token_endpoint_auth_method: 'none' },
        { firstParty: false },
      )
    expect(named('019a0000-0000-7000-8000-000000000000')).toThrow(PlacetError)
    expect(named('tienda-web')).not.toThrow()
  })
})
