import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool, setState } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import {
  authorizeUrl,
  introspect,
  pkce,
  refresh,
  signIn,
  type Tokens,
  tokenRequest,
  userinfo,
  walk,
} from './support/flow.ts'
import { type House, houseApi, marketingApi, openHouse } from './support/house.ts'

let database: TestDatabase
let pool: pg.Pool
let house: House
let ana: SubjectId

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  await arrangeClient(pool, { clientId: 'revista', firstParty: false })
  await arrangeClient(pool, {
    clientId: 'concurso',
    firstParty: false,
    metadata: { redirect_uris: [callback, 'https://tienda.example/otra'] },
  })
  await arrangeClient(pool, {
    clientId: 'sorteo',
    firstParty: false,
    metadata: { redirect_uris: ['https://sorteo.example/cb'] },
  })
  await arrangeClient(pool, {
    clientId: 'app-ajena',
    firstParty: false,
    metadata: { application_type: 'native', token_endpoint_auth_method: 'none' },
    secrets: [],
  })
  await arrangeClient(pool, { clientId: 'marketing-api' })
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  await house?.close()
  await pool?.end()
  await database?.drop()
})

beforeEach(async () => {
  ana = await arrangeSubject(pool)
  house.world.released = {}
  house.world.undecided = false
  house.releases.length = 0
})

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString())

describe('what leaves about a person', () => {
  it('is asked at every userinfo, with what this client was granted, and nothing else comes out', async () => {
    house.world.released = { email: 'ana@example.com', name: 'Ana', invented: 1 }
    const { tokens } = await signIn(
      house.origin,
      {
        clientId: 'tienda-web',
        scope: 'openid email',
        more: { claims: JSON.stringify({ userinfo: { loyalty_tier: null } }) },
      },
      { subjectId: ana },
    )
    expect(house.releases).toEqual([])
    expect(await (await userinfo(house.origin, tokens.access_token)).json()).toEqual({
      sub: ana,
      email: 'ana@example.com',
    })
    expect(house.releases).toEqual([
      {
        subjectId: ana,
        clientId: 'tienda-web',
        exit: 'userinfo',
        scopes: ['openid', 'email'],
        requestedClaims: ['loyalty_tier'],
      },
    ])
    house.world.released = {}
    expect(await (await userinfo(house.origin, tokens.access_token)).json()).toEqual({ sub: ana })
  })

  it('narrows the scope that introspection tells to what may leave now (R91)', async () => {
    house.world.released = { email: 'ana@example.com' }
    const { tokens } = await signIn(
      house.origin,
      { clientId: 'tienda-web', scope: 'openid email loyalty' },
      { subjectId: ana },
    )
    const before = await introspect(house.origin, 'tienda-web', tokens.access_token)
    expect(before.body).toMatchObject({
      active: true,
      scope: 'openid email',
      email: 'ana@example.com',
      sub: ana,
    })
    house.world.released = {}
    const after = await introspect(house.origin, 'tienda-web', tokens.access_token)
    expect(after.body).toMatchObject({ active: true, scope: 'openid' })
    expect(after.body).not.toHaveProperty('email')
  })

  it('never sits in an ID token, not by the claims parameter and not beside a token for a service', async () => {
    house.world.released = { email: 'ana@example.com', name: 'Ana' }
    const claims = JSON.stringify({ id_token: { email: { essential: true }, name: null } })
    const { tokens } = await signIn(
      house.origin,
      { clientId: 'tienda-web', scope: 'openid email profile', more: { claims } },
      { subjectId: ana },
    )
    const { verifier, challenge } = pkce()
    const arrival = await walk(
      house.origin,
      openBrowser(),
      authorizeUrl(
        house.origin,
        { clientId: 'tienda-web', scope: 'openid email profile orders:read', more: { resource: houseApi } },
        challenge,
      ),
      { subjectId: ana },
    )
    const response = await tokenRequest(house.origin, 'tienda-web', {
      grant_type: 'authorization_code',
      code: arrival.back.get('code')!,
      code_verifier: verifier,
      redirect_uri: callback,
      resource: houseApi,
    })
    const besideService = (await response.json()) as Tokens
    for (const one of [tokens, besideService]) {
      const idToken = claimsOf(one.id_token)
      expect(idToken.sub).toBe(ana)
      for (const name of ['email', 'name', 'given_name']) expect(idToken).not.toHaveProperty(name)
    }
    const jwks = createLocalJWKSet((await (await fetch(`${house.origin}/oidc/jwks`)).json()) as JSONWebKeySet)
    const verified = await jwtVerify(besideService.access_token, jwks, {
      issuer: house.issuer,
      audience: houseApi,
      typ: 'at+jwt',
    })
    expect(verified.payload['scope']).toBe('orders:read')
    expect(verified.payload.exp! - verified.payload.iat!).toBeLessThanOrEqual(300)
    expect(tokens.expires_in).toBeLessThanOrEqual(600)
  })

  it('to a service that depends on consent is behind an opaque token the service itself introspects (R26, R30)', async () => {
    const { verifier, challenge } = pkce()
    const ask = { clientId: 'tienda-web', scope: 'openid segments:read', more: { resource: marketingApi } }
    const arrival = await walk(house.origin, openBrowser(), authorizeUrl(house.origin, ask, challenge), {
      subjectId: ana,
    })
    const response = await tokenRequest(house.origin, 'tienda-web', {
      grant_type: 'authorization_code',
      code: arrival.back.get('code')!,
      code_verifier: verifier,
      redirect_uri: callback,
      resource: marketingApi,
    })
    const { access_token } = (await response.json()) as Tokens
    expect(access_token).not.toContain('.')
    expect((await introspect(house.origin, 'marketing-api', access_token)).body).toMatchObject({
      active: true,
      aud: marketingApi,
      scope: 'segments:read',
    })
    expect((await introspect(house.origin, 'revista', access_token)).body).toEqual({ active: false })
    expect([401, 403]).toContain((await userinfo(house.origin, access_token)).status)
  })

  it.each(['locked', 'blocked', 'erased'])(
    'ends when the account is %s: no token from any grant (R31)',
    async (state) => {
      const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
      const { verifier, challenge } = pkce()
      const arrival = await walk(
        house.origin,
        browser,
        authorizeUrl(house.origin, { clientId: 'tienda-web' }, challenge),
      )
      await setState(pool, ana, state)
      const redeemed = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code: arrival.back.get('code')!,
        code_verifier: verifier,
        redirect_uri: callback,
      })
      expect(redeemed.status).toBe(400)
      expect((await refresh(house.origin, 'tienda-web', tokens.refresh_token!)).status).toBe(400)
      expect((await userinfo(house.origin, tokens.access_token)).status).toBe(401)
      expect((await introspect(house.origin, 'tienda-web', tokens.access_token)).body).toEqual({
        active: false,
      })
      const bearer = await fetch(`${house.origin}/bearer`, {
        headers: { authorization: `Bearer ${tokens.access_token}` },
      })
      expect(await bearer.json()).toEqual({})
      expect(await (await browser.get(`${house.origin}/whoami`)).json()).toEqual({})
      const silent = await walk(
        house.origin,
        browser,
        authorizeUrl(house.origin, { clientId: 'tienda-web', more: { prompt: 'none' } }, challenge),
      )
      expect(silent.back.get('error')).toBe('login_required')
    },
  )
})

describe('a client that is not of the house', () => {
  it('is allowed by the person once, remembered between sessions, and knows them by a name of its own', async () => {
    const first = await signIn(
      house.origin,
      { clientId: 'revista', scope: 'openid email' },
      { subjectId: ana },
    )
    expect(first.prompts).toEqual(['login', 'consent'])
    const again = await signIn(
      house.origin,
      { clientId: 'revista', scope: 'openid email' },
      { subjectId: ana },
    )
    expect(again.prompts).toEqual(['login'])
    const name = claimsOf(first.tokens.id_token).sub
    expect(name).not.toBe(ana)
    expect(claimsOf(again.tokens.id_token).sub).toBe(name)
    expect((await introspect(house.origin, 'revista', first.tokens.access_token)).body['sub']).toBe(name)
    const info = (await (await userinfo(house.origin, again.tokens.access_token)).json()) as { sub: string }
    expect(info.sub).toBe(name)
    const sameHost = await signIn(house.origin, { clientId: 'concurso' }, { subjectId: ana })
    expect(claimsOf(sameHost.tokens.id_token).sub).toBe(name)
  })

  it('gets only what the person allowed, and is not asked again for what they refused', async () => {
    house.world.released = { email: 'ana@example.com', loyalty_tier: 'oro' }
    const ask = { clientId: 'revista', scope: 'openid email loyalty' }
    const { tokens, browser } = await signIn(house.origin, ask, {
      subjectId: ana,
      allows: { scopes: ['openid', 'email'] },
    })
    expect(tokens.scope).toBe('openid email')
    await userinfo(house.origin, tokens.access_token)
    expect(house.releases.at(-1)?.scopes).toEqual(['openid', 'email'])
    const silent = await walk(house.origin, browser, authorizeUrl(house.origin, ask, pkce().challenge))
    expect(silent.prompts).toEqual([])
    const elsewhere = await signIn(house.origin, ask, { subjectId: ana })
    expect(elsewhere.prompts).toEqual(['login'])
    expect(elsewhere.tokens.scope).toBe('openid email')
  })

  it('loses everything at once when the person takes it back (R25)', async () => {
    const { tokens } = await signIn(
      house.origin,
      { clientId: 'revista', scope: 'openid email' },
      { subjectId: ana },
    )
    expect(await house.oidc.authorizations.list(ana)).toMatchObject([
      { clientId: 'revista', scopes: ['openid', 'email'] },
    ])
    expect(await house.oidc.authorizations.revoke(ana, 'revista')).toBe(true)
    expect((await userinfo(house.origin, tokens.access_token)).status).toBe(401)
    const again = await signIn(
      house.origin,
      { clientId: 'revista', scope: 'openid email' },
      { subjectId: ana },
    )
    expect(again.prompts).toEqual(['login', 'consent'])
  })

  it('gets no refresh token without offline_access, which the person must have seen (R25)', async () => {
    const plain = await signIn(house.origin, { clientId: 'revista', scope: 'openid' }, { subjectId: ana })
    expect(plain.tokens.refresh_token).toBeUndefined()
    const offline = await signIn(
      house.origin,
      { clientId: 'revista', scope: 'openid offline_access', more: { prompt: 'consent' } },
      { subjectId: ana },
    )
    expect(offline.tokens.refresh_token).toBeDefined()
  })

  it('that is native shows the person who asks every time, even if it was allowed before (R21)', async () => {
    const browser = openBrowser()
    const start = authorizeUrl(house.origin, { clientId: 'app-ajena' }, pkce().challenge)
    expect((await walk(house.origin, browser, start, { subjectId: ana })).prompts).toEqual([
      'login',
      'consent',
    ])
    expect((await walk(house.origin, browser, start, { subjectId: ana })).prompts).toEqual(['consent'])
  })

  it('does not learn who the person is to a client of another sector', async () => {
    const { tokens } = await signIn(house.origin, { clientId: 'revista' }, { subjectId: ana })
    const start = new URL(authorizeUrl(house.origin, { clientId: 'sorteo' }, pkce().challenge))
    start.searchParams.set('redirect_uri', 'https://sorteo.example/cb')
    const { verifier, challenge } = pkce()
    start.searchParams.set('code_challenge', challenge)
    const arrival = await walk(house.origin, openBrowser(), start.href, { subjectId: ana })
    const response = await tokenRequest(house.origin, 'sorteo', {
      grant_type: 'authorization_code',
      code: arrival.back.get('code')!,
      code_verifier: verifier,
      redirect_uri: 'https://sorteo.example/cb',
    })
    const elsewhere = (await response.json()) as Tokens
    expect(claimsOf(elsewhere.id_token).sub).not.toBe(claimsOf(tokens.id_token).sub)
  })
})
