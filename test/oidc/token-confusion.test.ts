import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import { authorizeUrl, basic, pkce, signIn, type Tokens, tokenRequest, walk } from './support/flow.ts'
import { type House, houseApi, openHouse } from './support/house.ts'
import { assertion, assertionType, dpopProof, type KeyOfClient, makeKey } from './support/keys.ts'

let database: TestDatabase
let house: House
let ana: SubjectId
let key: KeyOfClient
let documents: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  key = await makeKey()
  await arrangeClient(pool, { clientId: 'tienda-web', metadata: { jwks: { keys: [key.publicJwk] } } })
  await arrangeClient(pool, {
    clientId: 'crm',
    secrets: [],
    metadata: {
      grant_types: ['client_credentials'],
      redirect_uris: [],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [key.publicJwk] },
    },
  })
  ana = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)

  const { tokens } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
  const { verifier, challenge } = pkce()
  const ask = { clientId: 'tienda-web', scope: 'openid orders:read', more: { resource: houseApi } }
  const arrival = await walk(house.origin, openBrowser(), authorizeUrl(house.origin, ask, challenge), {
    subjectId: ana,
  })
  const response = await tokenRequest(house.origin, 'tienda-web', {
    grant_type: 'authorization_code',
    code: arrival.back.get('code')!,
    code_verifier: verifier,
    redirect_uri: callback,
    resource: houseApi,
  })
  const forService = (await response.json()) as Tokens
  const sign = (claims: Record<string, unknown>, typ?: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', ...(typ === undefined ? {} : { typ }) })
      .setIssuer('crm')
      .setAudience(house.issuer)
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(key.privateKey)
  documents = {
    'ID token': tokens.id_token,
    'access token for a service': forService.access_token,
    'opaque access token': tokens.access_token,
    'refresh token': tokens.refresh_token!,
    'client assertion': await assertion(key, 'crm', house.issuer),
    'request object': await sign({ client_id: 'tienda-web', response_type: 'code' }, 'oauth-authz-req+jwt'),
    'DPoP proof': await dpopProof(key, 'POST', `${house.issuer}/oidc/token`),
    'logout token': await sign({ events: {}, sub: ana }, 'logout+jwt'),
    'unsigned copy of the ID token': new UnsecuredJWT(decodeJwt(tokens.id_token)).encode(),
  }
})

afterAll(async () => {
  await house?.close()
  await database?.drop()
})

const form = (path: string, parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${house.origin}${path}`, { method: 'POST', headers, body: new URLSearchParams(parameters) })

/** Each consumer, the one document it takes, and whether it took it. */
const consumers: Record<string, { takes: string[]; accepts: (document: string) => Promise<boolean> }> = {
  userinfo: {
    takes: ['opaque access token'],
    accepts: async (document) =>
      (await fetch(`${house.origin}/oidc/me`, { headers: { authorization: `Bearer ${document}` } }))
        .status === 200,
  },
  'our own API': {
    takes: ['opaque access token'],
    accepts: async (document) => {
      const response = await fetch(`${house.origin}/bearer`, {
        headers: { authorization: `Bearer ${document}` },
      })
      return Object.keys((await response.json()) as object).length > 0
    },
  },
  'client authentication': {
    takes: ['client assertion'],
    accepts: async (document) =>
      (
        await form('/oidc/token', {
          grant_type: 'client_credentials',
          client_id: 'crm',
          client_assertion_type: assertionType,
          client_assertion: document,
        })
      ).status === 200,
  },
  'code redemption': {
    takes: [],
    accepts: async (document) =>
      (
        await form(
          '/oidc/token',
          {
            grant_type: 'authorization_code',
            code: document,
            code_verifier: pkce().verifier,
            redirect_uri: callback,
          },
          { authorization: basic('tienda-web') },
        )
      ).status === 200,
  },
  'a proof of possession': {
    takes: ['DPoP proof'],
    accepts: async (document) =>
      (
        await form(
          '/oidc/token',
          {
            grant_type: 'client_credentials',
            client_assertion_type: assertionType,
            client_assertion: await assertion(key, 'crm', house.issuer),
          },
          { dpop: document },
        )
      ).status === 200,
  },
  'a request object': {
    takes: [],
    accepts: async (document) => {
      const query = new URLSearchParams({ client_id: 'tienda-web', request: document })
      const response = await openBrowser().get(`${house.origin}/oidc/auth?${query}`)
      return response.headers.get('location')?.includes('/sign-in/') === true
    },
  },
  'a hint of who is meant': {
    takes: ['ID token'],
    accepts: async (document) =>
      (
        await openBrowser().get(
          `${house.origin}/oidc/session/end?${new URLSearchParams({ id_token_hint: document })}`,
        )
      ).status === 303,
  },
  renewal: {
    takes: ['refresh token'],
    accepts: async (document) =>
      (
        await form(
          '/oidc/token',
          { grant_type: 'refresh_token', refresh_token: document },
          { authorization: basic('tienda-web') },
        )
      ).status === 200,
  },
}

describe('a document made for one purpose', () => {
  it('is good for that and for nothing else: every document at every door (R27, R70, VC3)', async () => {
    const accepted: string[] = []
    const expected: string[] = []
    for (const [consumer, { takes, accepts }] of Object.entries(consumers)) {
      for (const [name, document] of Object.entries(documents)) {
        if (takes.includes(name)) expected.push(`${name} → ${consumer}`)
        if (await accepts(document)) accepted.push(`${name} → ${consumer}`)
      }
    }
    expect(accepted).toEqual(expected)
  })
})
