import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type JWKS } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookieSettings } from '../../src/oidc/cookies.ts'
import { keyedHash } from '../../src/platform/crypto/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool, secretOf, sha256 } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import { authorizeUrl, pkce, signIn, tokenRequest, walk } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

/* What we lean on without it being a documented promise of the engine. A new version that drops one fails here. */
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(async () => {
  await database?.drop()
})

describe('the engine', () => {
  it('compares client secrets through the prototype, and keeps Client#backchannelLogout there', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const provider = new Provider('http://localhost:1', {
      adapter: () => ({ find: async () => undefined }) as never,
      features: { devInteractions: { enabled: false } },
      jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] } as JWKS,
    })
    const prototype: object = provider.Client.prototype
    expect(Object.hasOwn(prototype, 'compareClientSecret')).toBe(true)
    expect(Object.hasOwn(prototype, 'backchannelLogout')).toBe(true)
    expect(Object.hasOwn(provider.OIDCContext.prototype, 'urlFor')).toBe(true)
    expect(Object.hasOwn(provider.OIDCContext.prototype, 'body')).toBe(false)
  })

  it('names its cookies so that browsers bind them to this host, under https only (R32)', () => {
    const settings = cookieSettings(true, [keyedHash(Buffer.alloc(32, 1))])
    expect(settings.names).toEqual({
      session: '__Host-placet_session',
      interaction: '__Secure-placet_interaction',
      resume: '__Secure-placet_resume',
    })
    for (const options of [settings.long, settings.short]) {
      expect(options).toMatchObject({ httpOnly: true, sameSite: 'lax', signed: true, secure: true })
    }
    expect(cookieSettings(false, [keyedHash(Buffer.alloc(32, 1))]).names).toMatchObject({
      session: 'placet_session',
    })
  })
})

describe('behind a proxy that ends TLS', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse(database.appConnection, { issuer: 'https://id.tienda.example' })
  })
  afterAll(async () => {
    await house?.close()
  })

  it('speaks of itself as https, and sets cookies that only https carries', async () => {
    const pool = openPool(database.connection)
    await arrangeClient(pool, { clientId: 'tienda-tls' })
    await pool.end()
    await house.oidc.reloadClients()
    const response = await openBrowser().get(
      authorizeUrl(house.origin, { clientId: 'tienda-tls' }, pkce().challenge),
    )
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^https:\/\/id\.tienda\.example\/sign-in\//)
    const cookies = response.headers.getSetCookie()
    expect(cookies.length).toBeGreaterThanOrEqual(2)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/^__Secure-placet_/)
      expect(cookie).toMatch(/; secure/i)
      expect(cookie).toMatch(/; httponly/i)
      expect(cookie).toMatch(/; samesite=lax/i)
    }
  })
})

describe('what changes while the house is open', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse(database.appConnection)
  })
  afterAll(async () => {
    await house?.close()
  })

  it('a client registered, given a second secret or disabled elsewhere is known here once it is told', async () => {
    const pool = openPool(database.connection)
    const ask = async (secret: string) =>
      (
        await fetch(`${house.origin}/oidc/introspect`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`nueva:${secret}`).toString('base64')}` },
          body: new URLSearchParams({ token: 'x' }),
        })
      ).status
    expect(await ask(secretOf('nueva'))).toBe(401)
    await arrangeClient(pool, { clientId: 'nueva' })
    await pool.query('notify placet_clients')
    await expect.poll(() => ask(secretOf('nueva'))).toBe(200)
    await pool.query(
      `update clients set secret_hashes = secret_hashes || $1::bytea where client_id = 'nueva'`,
      [sha256('segundo-secreto-0123456789abcdef0123')],
    )
    await pool.query('notify placet_clients')
    await expect.poll(() => ask('segundo-secreto-0123456789abcdef0123')).toBe(200)
    const ana = await arrangeSubject(pool)
    const { tokens } = await signIn(house.origin, { clientId: 'nueva' }, { subjectId: ana })
    await pool.query(`update clients set state = 'disabled' where client_id = 'nueva'`)
    await pool.query('notify placet_clients')
    await expect.poll(() => ask(secretOf('nueva'))).toBe(401)
    const info = await fetch(`${house.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    expect(info.status).toBe(401)
    await pool.end()
  })

  it('a database out of reach is told as such, and nothing is issued meanwhile (P10)', async () => {
    const pool = openPool(database.connection)
    await arrangeClient(pool, { clientId: 'tenaz' })
    await house.oidc.reloadClients()
    const ana = await arrangeSubject(pool)
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tenaz' }, { subjectId: ana })
    const { rows } = await pool.query('select current_database() as name')
    const name = rows[0].name as string
    await pool.end()
    const maintenance = openPool({ ...database.connection, database: 'postgres' })
    const cut = () =>
      maintenance.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
        [name],
      )
    await maintenance.query(`alter database ${name} connection limit 0`)
    await cut()
    const refused = await tokenRequest(house.origin, 'tenaz', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token!,
    })
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).not.toBeNull()
    expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' })
    expect((await fetch(`${house.origin}/oidc/jwks`)).status).toBe(200)
    await maintenance.query(`alter database ${name} connection limit -1`)
    await maintenance.end()
    const renewed = await tokenRequest(house.origin, 'tenaz', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token!,
    })
    expect(renewed.status).toBe(200)
    const again = await walk(
      house.origin,
      browser,
      authorizeUrl(house.origin, { clientId: 'tenaz' }, pkce().challenge),
    )
    expect(again.back.get('code')).not.toBeNull()
  })
})
