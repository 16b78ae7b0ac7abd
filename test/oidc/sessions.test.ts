import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool } from './support/arrange.ts'
import { type Browser, openBrowser } from './support/browser.ts'
import { authorizeUrl, pkce, refresh, signIn, userinfo, walk } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

let database: TestDatabase
let pool: pg.Pool
let house: House
let ana: SubjectId
let listener: Server
/** What the client's logout endpoint received, and what it answers. */
let received: string[] = []
let answerWith = 200

const after = 'https://tienda.example/adios'

beforeAll(async () => {
  listener = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk) => {
      body += String(chunk)
    })
    req.on('end', () => {
      received.push(new URLSearchParams(body).get('logout_token') ?? '')
      res.statusCode = answerWith
      res.end()
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const logoutUri = `http://localhost:${(listener.address() as AddressInfo).port}/logout`
  database = await createTestDatabase()
  pool = openPool(database.connection)
  await arrangeClient(pool, {
    clientId: 'tienda-web',
    metadata: {
      backchannel_logout_uri: logoutUri,
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: [after],
    },
  })
  await arrangeClient(pool, { clientId: 'otra-tienda' })
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  listener?.closeAllConnections()
  listener?.close()
  await house?.close()
  await pool?.end()
  await database?.drop()
})

beforeEach(async () => {
  received = []
  answerWith = 200
  ana = await arrangeSubject(pool)
})

/** Those about the person of this test: one of the test before may still be under way. */
const noticesOfAna = () => received.filter((token) => decodeJwt(token).sub === ana)

const endSession = async (browser: Browser, query: Record<string, string>, agree = true) => {
  const page = await browser.get(`${house.origin}/oidc/session/end?${new URLSearchParams(query)}`)
  if (page.status !== 200) return page
  const xsrf = /name="xsrf" value="([^"]*)"/.exec(await page.text())?.[1] ?? ''
  return browser.post(
    `${house.origin}/oidc/session/end/confirm`,
    new URLSearchParams({ xsrf, ...(agree ? { logout: 'yes' } : {}) }),
  )
}

describe('signing out', () => {
  it('asks first, ends the session and its tokens, and tells the client with a signed notice (R25, R34, R35)', async () => {
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const done = await endSession(browser, {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: after,
      state: 'x',
    })
    expect(done.headers.get('location')).toBe(`${after}?state=x`)
    expect((await refresh(house.origin, 'tienda-web', tokens.refresh_token!)).status).toBe(400)
    expect((await userinfo(house.origin, tokens.access_token)).status).toBe(401)
    expect(await (await browser.get(`${house.origin}/whoami`)).json()).toEqual({})

    await expect.poll(() => noticesOfAna().length).toBe(1)
    const token = noticesOfAna()[0]!
    expect(decodeProtectedHeader(token).typ).toBe('logout+jwt')
    const jwks = (await (await fetch(`${house.origin}/oidc/jwks`)).json()) as JSONWebKeySet
    const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), {
      issuer: house.issuer,
      audience: 'tienda-web',
      typ: 'logout+jwt',
    })
    expect(payload['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} })
    expect(payload.jti).toBeDefined()
    expect(payload).not.toHaveProperty('nonce')
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(120)
    expect(payload.sub).toBe(ana)
    const hint = JSON.parse(Buffer.from(tokens.id_token.split('.')[1]!, 'base64url').toString())
    expect(payload['sid']).toBe(hint.sid)
  })

  it('notices wait in the database until the client takes them, across failures (R35)', async () => {
    answerWith = 500
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    await endSession(browser, { id_token_hint: tokens.id_token })
    await expect.poll(() => noticesOfAna().length).toBeGreaterThanOrEqual(1)
    const { rows } = await pool.query('select attempts from oidc_logout_notices where subject_id = $1', [ana])
    expect(rows).toHaveLength(1)
    answerWith = 200
    await pool.query('update oidc_logout_notices set next_attempt_at = now()')
    expect(await house.oidc.deliverLogoutNotices(10)).toBe(1)
    const left = await pool.query('select 1 from oidc_logout_notices where subject_id = $1', [ana])
    expect(left.rows).toHaveLength(0)
  })

  it('are given up after a day, and that goes on record', async () => {
    answerWith = 500
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    await endSession(browser, { id_token_hint: tokens.id_token })
    await expect.poll(() => noticesOfAna().length).toBeGreaterThanOrEqual(1)
    await pool.query(
      `update oidc_logout_notices set next_attempt_at = now(), expires_at = now() - interval '1 second'`,
    )
    expect(await house.oidc.deliverLogoutNotices(10)).toBe(0)
    expect(house.audited.map((entry) => entry.action)).toContain('oidc.logout-not-delivered')
    expect((await pool.query('select 1 from oidc_logout_notices')).rows).toHaveLength(0)
  })

  it('goes back only to a registered address of the client the hint was made for (R34)', async () => {
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    for (const query of [
      { id_token_hint: tokens.id_token, post_logout_redirect_uri: `${after}/` },
      { id_token_hint: tokens.id_token, post_logout_redirect_uri: 'https://evil.example/' },
      { id_token_hint: tokens.id_token, client_id: 'otra-tienda', post_logout_redirect_uri: after },
      { client_id: 'otra-tienda', post_logout_redirect_uri: after },
      { id_token_hint: `${tokens.id_token}x`, post_logout_redirect_uri: after },
    ]) {
      const response = await endSession(browser, query as Record<string, string>)
      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBeNull()
    }
    const withoutHint = await endSession(browser, { post_logout_redirect_uri: 'https://evil.example/' })
    expect(withoutHint.headers.get('location')).toBe(`${house.issuer}/oidc/session/end/success`)
  })

  it('cannot be done to somebody by another site: the form carries a secret of the session (R34)', async () => {
    const { browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const forged = await browser.post(
      `${house.origin}/oidc/session/end/confirm`,
      new URLSearchParams({ xsrf: 'guessed', logout: 'yes' }),
    )
    expect(forged.status).toBe(400)
    expect(await (await browser.get(`${house.origin}/whoami`)).json()).toMatchObject({ subjectId: ana })
  })

  it('here leaves the sessions elsewhere alone, and what was granted for longer too (R25)', async () => {
    const phone = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const laptop = await signIn(
      house.origin,
      { clientId: 'tienda-web', scope: 'openid offline_access', more: { prompt: 'consent' } },
      { subjectId: ana },
    )
    await endSession(laptop.browser, { id_token_hint: laptop.tokens.id_token })
    expect((await refresh(house.origin, 'tienda-web', phone.tokens.refresh_token!)).status).toBe(200)
    expect((await refresh(house.origin, 'tienda-web', laptop.tokens.refresh_token!)).status).toBe(200)
  })
})

describe('the sessions of a person', () => {
  it('are listed with a device and when they were last seen, and can be ended one by one (R33)', async () => {
    const phone = openBrowser(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Safari/605.1',
    )
    const there = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana }, phone)
    const here = await signIn(house.origin, { clientId: 'otra-tienda' }, { subjectId: ana })
    const list = await house.oidc.sessions.list(ana)
    expect(list.map((line) => [line.deviceLabel, line.clientIds])).toEqual([
      ['Chrome · Linux', ['otra-tienda']],
      ['Safari · iPhone', ['tienda-web']],
    ])
    const lost = list.find((line) => line.deviceLabel === 'Safari · iPhone')!
    expect(await house.oidc.sessions.end(ana, lost.ref)).toBe(1)
    expect((await refresh(house.origin, 'tienda-web', there.tokens.refresh_token!)).status).toBe(400)
    expect((await userinfo(house.origin, there.tokens.access_token)).status).toBe(401)
    expect(await (await phone.get(`${house.origin}/whoami`)).json()).toEqual({})
    expect((await userinfo(house.origin, here.tokens.access_token)).status).toBe(200)
    await expect.poll(() => noticesOfAna().length).toBe(1)
  })

  it('can be ended all but the one at hand, and a stranger’s cannot be ended at all', async () => {
    const bruno = await arrangeSubject(pool)
    const mine = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const old = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const his = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: bruno })
    const at = (await (await mine.browser.get(`${house.origin}/whoami`)).json()) as { sessionRef: string }
    expect(await house.oidc.sessions.end(bruno, at.sessionRef)).toBe(0)
    expect(await house.oidc.sessions.endOthers(ana, at.sessionRef)).toBe(1)
    expect((await userinfo(house.origin, mine.tokens.access_token)).status).toBe(200)
    expect((await userinfo(house.origin, old.tokens.access_token)).status).toBe(401)
    expect((await userinfo(house.origin, his.tokens.access_token)).status).toBe(200)
  })

  it('go with everything else when the account is locked or erased', async () => {
    const { tokens, browser } = await signIn(
      house.origin,
      { clientId: 'tienda-web', scope: 'openid offline_access', more: { prompt: 'consent' } },
      { subjectId: ana },
    )
    await house.oidc.sessions.revokeEverything(ana, { kind: 'system', name: 'erasure' })
    expect((await refresh(house.origin, 'tienda-web', tokens.refresh_token!)).status).toBe(400)
    expect(await (await browser.get(`${house.origin}/whoami`)).json()).toEqual({})
    for (const table of ['oidc_sessions', 'oidc_grants', 'oidc_tokens', 'oidc_authorizations']) {
      const { rows } = await pool.query(`select 1 from ${table} where subject_id = $1`, [ana])
      expect(rows, table).toHaveLength(0)
    }
  })

  it('get a new name at every sign-in, so one fixed beforehand is worthless (R32)', async () => {
    const browser = openBrowser()
    await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana, assurance: 'password' }, browser)
    const cookie = () => browser.jar.get('placet_session|/')?.value
    const before = cookie()
    await signIn(
      house.origin,
      { clientId: 'tienda-web', more: { acr_values: 'urn:placet:acr:passkey' } },
      { subjectId: ana },
      browser,
    )
    expect(cookie()).not.toBe(before)
    expect(Buffer.from(cookie()!, 'base64url').length).toBeGreaterThanOrEqual(16)
    const { rows } = await pool.query('select 1 from oidc_sessions where subject_id = $1', [ana])
    expect(rows).toHaveLength(1)
  })

  it('are not written again for every visit within the hour', async () => {
    const { browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    house.roundTrips.length = 0
    for (let visit = 0; visit < 3; visit += 1) {
      await walk(
        house.origin,
        browser,
        authorizeUrl(house.origin, { clientId: 'tienda-web' }, pkce().challenge),
      )
    }
    expect(house.roundTrips).not.toContain('oidc_touch')
  })

  it('that have run out are swept away, and used tokens only when they have run out too', async () => {
    const { tokens } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    await refresh(house.origin, 'tienda-web', tokens.refresh_token!)
    const count = async () =>
      (await pool.query('select count(*)::int as n from oidc_tokens where subject_id = $1', [ana])).rows[0]
        .n as number
    const before = await count()
    await house.oidc.deleteExpired(1_000)
    expect(await count()).toBe(before)
    for (const table of ['oidc_tokens', 'oidc_sessions', 'oidc_grants']) {
      await pool.query(`update ${table} set expires_at = now() - interval '1 minute' where subject_id = $1`, [
        ana,
      ])
    }
    expect(await house.oidc.deleteExpired(1_000)).toBeGreaterThanOrEqual(before + 2)
    expect(await count()).toBe(0)
  })
})
