import { createHash } from 'node:crypto'
import type pg from 'pg'
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
  tokenRequest,
  userinfo,
  walk,
} from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

let database: TestDatabase
let pool: pg.Pool
let house: House
let ana: SubjectId

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  ana = await arrangeSubject(pool)
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  await house?.close()
  await pool?.end()
  await database?.drop()
})

/** Every value of every row of every table, as a thief would read it: raw text, hex, base64url. */
async function everythingInTheDatabase(): Promise<Set<string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  )
  const found = new Set<string>()
  const take = (value: unknown): void => {
    if (value === null || value === undefined) return
    if (Buffer.isBuffer(value)) {
      found.add(value.toString('hex')).add(value.toString('base64url')).add(value.toString('latin1'))
      return
    }
    if (value instanceof Date) return
    if (typeof value === 'object') {
      for (const member of Object.values(value)) take(member)
      return
    }
    const text = String(value)
    found.add(text)
    if (/^[A-Za-z0-9_-]{20,}$/.test(text)) found.add(Buffer.from(text, 'base64url').toString('latin1'))
  }
  for (const { name } of tables) {
    const { rows } = await pool.query(`select * from ${name}`)
    for (const row of rows) Object.values(row).forEach(take)
  }
  return found
}

describe('somebody with a copy of the database', () => {
  it('finds nothing in it that works as a session, code, token, request or secret', async () => {
    const { tokens, browser } = await signIn(
      house.origin,
      { clientId: 'tienda-web', scope: 'openid email' },
      { subjectId: ana },
    )
    const { verifier, challenge } = pkce()
    const waiting = await walk(
      house.origin,
      browser,
      authorizeUrl(house.origin, { clientId: 'tienda-web' }, challenge),
    )
    const unfinished = openBrowser()
    await unfinished.get(authorizeUrl(house.origin, { clientId: 'tienda-web' }, challenge))
    const pushed = (await (
      await fetch(`${house.origin}/oidc/request`, {
        method: 'POST',
        headers: { authorization: basic('tienda-web') },
        body: new URL(authorizeUrl(house.origin, { clientId: 'tienda-web' }, challenge)).searchParams,
      })
    ).json()) as { request_uri: string }

    const secrets = [
      tokens.access_token,
      tokens.refresh_token!,
      tokens.id_token,
      waiting.back.get('code')!,
      verifier,
      pushed.request_uri,
      pushed.request_uri.split(':').at(-1)!,
      secretOf('tienda-web'),
      ...[...browser.jar.values(), ...unfinished.jar.values()].map((cookie) => cookie.value),
    ]
    const loot = await everythingInTheDatabase()
    expect(loot.size).toBeGreaterThan(60)
    for (const secret of secrets) {
      expect(loot.has(secret)).toBe(false)
      for (const value of loot) expect(value.includes(secret)).toBe(false)
    }

    const asWeb = (secret: string) => ({ authorization: basic('tienda-web', secret) })
    for (const value of loot) {
      if (value.length > 2_000 || /[^\x20-\x7e]/.test(value)) continue
      const redeem = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code: value,
        code_verifier: verifier,
        redirect_uri: callback,
      })
      expect(redeem.status).toBe(400)
      const renew = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'refresh_token',
        refresh_token: value,
      })
      expect(renew.status).toBe(400)
      const info = await userinfo(house.origin, encodeURIComponent(value))
      expect(info.status).toBeOneOf([400, 401])
      expect((await introspect(house.origin, 'tienda-web', value)).body['active']).not.toBe(true)
      const login = await fetch(`${house.origin}/oidc/introspect`, {
        method: 'POST',
        headers: asWeb(value),
        body: new URLSearchParams({ token: tokens.access_token }),
      })
      expect(login.status).toBeOneOf([400, 401])
      const cookie = `placet_session=${encodeURIComponent(value)}; placet_session.sig=${createHash('sha1').update(value).digest('base64url')}; placet_interaction=${encodeURIComponent(value)}`
      const session = await fetch(`${house.origin}/whoami`, { headers: { cookie } })
      expect(await session.json()).toEqual({})
      const uri = value.startsWith('urn:') ? value : `urn:ietf:params:oauth:request_uri:${value}`
      const request = await fetch(
        `${house.origin}/oidc/auth?${new URLSearchParams({ client_id: 'tienda-web', request_uri: uri })}`,
        { redirect: 'manual', headers: { accept: 'text/html' } },
      )
      expect(request.status).toBe(400)
    }
    expect((await introspect(house.origin, 'tienda-web', tokens.access_token)).body['active']).toBe(true)
  }, 120_000)

  it('cannot make a row open as another: what is sealed is bound to its place', async () => {
    const mine = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const other = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const hash = (value: string) => createHash('sha256').update(value).digest()
    await pool.query(
      'update oidc_tokens set payload = (select payload from oidc_tokens where id_hash = $2) where id_hash = $1',
      [hash(mine.tokens.access_token), hash(other.tokens.access_token)],
    )
    expect((await userinfo(house.origin, mine.tokens.access_token)).status).toBe(401)
    expect((await userinfo(house.origin, other.tokens.access_token)).status).toBe(200)
  })
})
