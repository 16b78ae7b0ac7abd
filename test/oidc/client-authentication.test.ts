import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool, secretOf } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import {
  authorizeUrl,
  basic,
  introspect,
  pkce,
  signIn,
  type Tokens,
  tokenRequest,
  walk,
} from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'
import { assertion, assertionType, dpopProof, type KeyOfClient, makeKey } from './support/keys.ts'
import { type ServingProcess, serveInProcess } from './support/two-processes.ts'

let database: TestDatabase
let house: House
let other: ServingProcess
let ana: SubjectId
let key: KeyOfClient

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  key = await makeKey()
  await arrangeClient(pool, { clientId: 'tienda-web', secrets: [secretOf('old'), secretOf('new')] })
  await arrangeClient(pool, { clientId: 'otra-tienda' })
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
  await arrangeClient(pool, {
    clientId: 'tienda-app',
    secrets: [],
    metadata: {
      application_type: 'native',
      redirect_uris: [callback],
      token_endpoint_auth_method: 'none',
      dpop_bound_access_tokens: true,
    },
  })
  ana = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)
  other = await serveInProcess({ connection: JSON.stringify(database.appConnection), issuer: house.issuer })
})

afterAll(async () => {
  await other?.close()
  await house?.close()
  await database?.drop()
})

const asCrm = (origin: string, clientAssertion: string) =>
  fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: assertionType,
      client_assertion: clientAssertion,
    }),
  })

describe('a client proves who it is', () => {
  it('with either of two secrets, of which only the hash is kept, and with no other (R18)', async () => {
    const ask = async (secret: string) => {
      const response = await fetch(`${house.origin}/oidc/introspect`, {
        method: 'POST',
        headers: { authorization: basic('tienda-web', secret) },
        body: new URLSearchParams({ token: 'x' }),
      })
      return response.status
    }
    expect(await ask(secretOf('old'))).toBe(200)
    expect(await ask(secretOf('new'))).toBe(200)
    for (const wrong of [secretOf('tienda-web'), secretOf('otra-tienda'), 'x', `${secretOf('old')} `]) {
      expect(await ask(wrong)).toBe(401)
    }
  })

  it('never with an empty secret, or as a public client at introspection (R30)', async () => {
    for (const body of [
      { client_id: 'tienda-app', token: 'x' },
      { client_id: 'tienda-app', client_secret: '', token: 'x' },
      { client_id: 'tienda-web', token: 'x' },
    ]) {
      const response = await fetch(`${house.origin}/oidc/introspect`, {
        method: 'POST',
        body: new URLSearchParams(body),
      })
      const answer = (await response.json()) as { active?: boolean }
      expect(answer.active === true).toBe(false)
      expect([200, 400, 401]).toContain(response.status)
    }
  })

  it('with an assertion for this issuer, once: twenty at the same time on two processes, one token (R18)', async () => {
    const one = await assertion(key, 'crm', house.issuer)
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => asCrm(index % 2 === 0 ? house.origin : other.origin, one)),
    )
    expect(responses.filter((response) => response.status === 200)).toHaveLength(1)
    for (const lost of responses.filter((response) => response.status !== 200)) {
      expect(lost.status).toBe(401)
      expect(await lost.json()).toMatchObject({ error: 'invalid_client' })
    }
  })

  it('not with one for another audience, for later, signed by another key or not at all (R18, R28)', async () => {
    const stranger = await makeKey()
    const now = Math.floor(Date.now() / 1000)
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
      JSON.stringify({ iss: 'crm', sub: 'crm', aud: house.issuer, jti: 'n', exp: now + 30 }),
    ).toString('base64url')}.`
    for (const [why, bad] of [
      ['endpoint as audience', await assertion(key, 'crm', `${house.issuer}/oidc/token`)],
      ['list of audiences', await assertion(key, 'crm', [house.issuer, 'https://evil.example'])],
      ['lives too long', await assertion(key, 'crm', house.issuer, { exp: now + 3600 })],
      ['expired', await assertion(key, 'crm', house.issuer, { exp: now - 60 })],
      ['foreign key', await assertion(stranger, 'crm', house.issuer)],
      ['another client', await assertion(key, 'tienda-web', house.issuer)],
      ['unsigned', unsigned],
    ] as const) {
      expect((await asCrm(house.origin, bad)).status, why).toBe(401)
    }
  })
})

describe('tokens tied to a key', () => {
  const tokensWithProof = async () => {
    const device = await makeKey()
    const { verifier, challenge } = pkce()
    const arrival = await walk(
      house.origin,
      openBrowser(),
      authorizeUrl(house.origin, { clientId: 'tienda-app' }, challenge),
      { subjectId: ana },
    )
    const send = async (parameters: Record<string, string>, proof: string) =>
      fetch(`${house.origin}/oidc/token`, {
        method: 'POST',
        headers: { dpop: proof },
        body: new URLSearchParams({ client_id: 'tienda-app', ...parameters }),
      })
    const response = await send(
      {
        grant_type: 'authorization_code',
        code: arrival.back.get('code')!,
        code_verifier: verifier,
        redirect_uri: callback,
      },
      await dpopProof(device, 'POST', `${house.issuer}/oidc/token`),
    )
    return { device, send, tokens: (await response.json()) as Tokens }
  }

  it('are renewed without being replaced, and only by who holds the key (R22)', async () => {
    const { device, send, tokens } = await tokensWithProof()
    expect(tokens.token_type).toBe('DPoP')
    const renew = async (by: KeyOfClient) =>
      send(
        { grant_type: 'refresh_token', refresh_token: tokens.refresh_token! },
        await dpopProof(by, 'POST', `${house.issuer}/oidc/token`),
      )
    const first = await renew(device)
    expect(first.status).toBe(200)
    expect(((await first.json()) as Tokens).refresh_token).toBe(tokens.refresh_token)
    expect((await renew(device)).status).toBe(200)
    expect((await renew(await makeKey())).status).toBe(400)
  })

  it('are of no use without the proof', async () => {
    const { tokens } = await tokensWithProof()
    const bare = await fetch(`${house.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    expect(bare.status).toBe(401)
    const own = await fetch(`${house.origin}/bearer`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    expect(await own.json()).toEqual({})
  })

  it('take a proof once: twenty at the same time on two processes, one answer (R29)', async () => {
    const { device, tokens } = await tokensWithProof()
    const { createHash } = await import('node:crypto')
    const ath = createHash('sha256').update(tokens.access_token).digest('base64url')
    const proof = await dpopProof(device, 'GET', `${house.issuer}/oidc/me`, { jti: randomUUID(), ath })
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        fetch(`${index % 2 === 0 ? house.origin : other.origin}/oidc/me`, {
          headers: { authorization: `DPoP ${tokens.access_token}`, dpop: proof },
        }),
      ),
    )
    expect(responses.filter((response) => response.status === 200)).toHaveLength(1)
  })
})

describe('a client and what is not its own', () => {
  it('sees, renews, redeems and ends nothing that was issued to another (R6, R20, R30)', async () => {
    const { verifier, challenge } = pkce()
    const browser = openBrowser()
    const arrival = await walk(
      house.origin,
      browser,
      authorizeUrl(house.origin, { clientId: 'otra-tienda' }, challenge),
      { subjectId: ana },
    )
    const stolen = await tokenRequest(
      house.origin,
      'tienda-web',
      {
        grant_type: 'authorization_code',
        code: arrival.back.get('code')!,
        code_verifier: verifier,
        redirect_uri: callback,
      },
      { authorization: basic('tienda-web', secretOf('old')) },
    )
    expect(stolen.status).toBe(400)

    const { tokens } = await signIn(house.origin, { clientId: 'otra-tienda' }, { subjectId: ana })
    const asOther = { authorization: basic('tienda-web', secretOf('old')) }
    for (const token of [tokens.access_token, tokens.refresh_token!]) {
      const peek = await fetch(`${house.origin}/oidc/introspect`, {
        method: 'POST',
        headers: asOther,
        body: new URLSearchParams({ token }),
      })
      expect(await peek.json()).toEqual({ active: false })
      await fetch(`${house.origin}/oidc/revoke`, {
        method: 'POST',
        headers: asOther,
        body: new URLSearchParams({ token }),
      })
    }
    const renew = await tokenRequest(
      house.origin,
      'tienda-web',
      { grant_type: 'refresh_token', refresh_token: tokens.refresh_token! },
      asOther,
    )
    expect(renew.status).toBe(400)
    expect((await introspect(house.origin, 'otra-tienda', tokens.access_token)).body['active']).toBe(true)
  })

  it('a token of a client for itself is nobody’s: userinfo refuses it (R19)', async () => {
    const response = await asCrm(house.origin, await assertion(key, 'crm', house.issuer))
    const { access_token } = (await response.json()) as Tokens
    const info = await fetch(`${house.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(info.status).toBe(401)
    const own = await fetch(`${house.origin}/bearer`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(await own.json()).toEqual({ byAgent: false, clientId: 'crm', scopes: [] })
  })
})
