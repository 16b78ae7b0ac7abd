import { decodeJwt } from 'jose'
import type pg from 'pg'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { type HouseOfClients, openHouseOfClients, refreshAt } from './house-of-clients.ts'
import {
  authorizationOf,
  basic,
  codeFor,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  type Tokens,
  tokensFor,
  userinfo,
  Visitor,
} from './visitor.ts'

let house: HouseOfClients
let app: TestApp
let owner: pg.Pool
let web: RelyingParty
let newsletter: RelyingParty
let foreign: HouseOfClients['foreign']
let refresh: ReturnType<typeof refreshAt>

const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  house = await openHouseOfClients()
  ;({ app, owner, web, newsletter, foreign } = house)
  refresh = refreshAt(app.origin)
})

afterAll(() => house?.close())

const introspect = async (party: RelyingParty, token: string) =>
  (await (await post(app.origin, '/oidc/introspect', party, { token })).json()) as Record<string, unknown>

describe('an ID token', () => {
  const ofTheProtocol = [
    'acr',
    'amr',
    'at_hash',
    'aud',
    'auth_time',
    'exp',
    'iat',
    'iss',
    'nonce',
    'sid',
    'sub',
  ]
  const api = () => `${app.origin}/api/v1`
  const claims = JSON.stringify({
    id_token: { email: { essential: true }, given_name: null, birthdate: null },
    userinfo: { email: null },
  })

  it.each([
    ['to userinfo', {}, {}],
    ['when claims are asked for by name', { claims }, {}],
    [
      'beside a token for our own API',
      { scope: 'openid profile email offline_access permissions:read' },
      'api',
    ],
    ['beside a token for our own API, claims asked for by name', { claims }, 'api'],
  ] as const)('holds nothing but what the protocol needs %s (R90)', async (_, more, resource) => {
    const asked = { ...more, ...(resource === 'api' ? { resource: api() } : {}) }
    const { code, verifier } = await codeFor(new Visitor(app.origin), web, ana, asked)
    const answer = await post(app.origin, '/oidc/token', web, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: web.redirectUri,
      ...(resource === 'api' ? { resource: api() } : {}),
    })
    expect(answer.status).toBe(200)
    const tokens = (await answer.json()) as Tokens
    const renewed = (await (await refresh(web, tokens.refresh_token!)).json()) as Tokens
    for (const idToken of [tokens.id_token!, renewed.id_token!]) {
      const names = Object.keys(decodeJwt(idToken))
      expect(names.filter((name) => !ofTheProtocol.includes(name))).toEqual([])
      expect(names).toContain('sub')
    }
  })
})

describe('the name a client knows a person by', () => {
  it('is another one in each sector, the same within one, and ours only for our own (R99, R19)', async () => {
    const subOf = async (party: RelyingParty, person: typeof ana) => {
      const tokens = await tokensFor(app.origin, new Visitor(app.origin), party, person)
      const told = (await (await userinfo(app.origin, tokens.access_token)).json()) as { sub: string }
      expect(decodeJwt(tokens.id_token!).sub).toBe(told.sub)
      expect((await introspect(party, tokens.access_token))['sub']).toBe(told.sub)
      return told.sub
    }
    const subs: Record<string, string> = {}
    for (const [who, person] of Object.entries({ ana, bruno })) {
      for (const party of [web, newsletter, ...Object.values(foreign)]) {
        subs[`${who} ${party.clientId}`] = await subOf(party, person)
      }
    }
    expect(subs['ana musica']).toBe(subs['ana musica-app'])
    expect(subs['bruno musica']).toBe(subs['bruno musica-app'])
    const apart = Object.entries(subs).filter(([name]) => !name.endsWith('musica-app'))
    expect(new Set(apart.map(([, sub]) => sub)).size).toBe(apart.length)
    const { rows } = await owner.query('select subject_id from subjects')
    const inside = new Set(rows.map((row) => row.subject_id))
    for (const [name, sub] of apart) expect(inside.has(sub)).toBe(name.endsWith('tienda-norte-web'))
    const { rows: known } = await owner.query('select client_id from clients')
    expect(known.some(({ client_id }) => Object.values(subs).includes(client_id))).toBe(false)
  })
})

describe('what was issued to one client', () => {
  it('is worth nothing in the hands of another (R20, R30, VC15)', async () => {
    const visitor = new Visitor(app.origin)
    const parties = [web, newsletter, ...Object.values(foreign)]
    for (const holder of parties) {
      // Without it the protocol leaves out the right to renew (OpenID Connect Core 11).
      const asked = Object.values(foreign).includes(holder) ? { prompt: 'consent' } : {}
      const tokens = await tokensFor(app.origin, visitor, holder, ana, asked)
      expect(tokens.refresh_token, holder.clientId).toBeDefined()
      const pending = await codeFor(visitor, holder, ana)
      for (const thief of parties.filter((one) => one !== holder)) {
        const label = `${thief.clientId} with what is ${holder.clientId}'s`
        const stolen = await post(app.origin, '/oidc/token', thief, {
          grant_type: 'authorization_code',
          code: pending.code,
          code_verifier: pending.verifier,
          redirect_uri: holder.redirectUri,
        })
        expect(stolen.status, label).toBe(400)
        expect((await refresh(thief, tokens.refresh_token!)).status, label).toBe(400)
        for (const token of [tokens.access_token, tokens.refresh_token!]) {
          expect(await introspect(thief, token), label).toEqual({ active: false })
          await post(app.origin, '/oidc/revoke', thief, { token })
        }
      }
      expect((await introspect(holder, tokens.access_token))['active'], holder.clientId).toBe(true)
      const renewed = await refresh(holder, tokens.refresh_token!)
      expect(renewed.status, `${holder.clientId}: ${await renewed.text()}`).toBe(200)
    }
  }, 60_000)

  it('never widens: no later call gets a scope or an audience the person did not allow (R20)', async () => {
    const { code, verifier } = await codeFor(new Visitor(app.origin), foreign['libros']!, ana, {
      scope: 'openid offline_access',
      prompt: 'consent',
    })
    const first = await post(app.origin, '/oidc/token', foreign['libros']!, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: foreign['libros']!.redirectUri,
      scope: 'openid email profile',
    })
    const tokens = (await first.json()) as Tokens & { scope: string }
    expect(tokens.scope ?? 'openid').not.toMatch(/email|profile/)
    expect((await refresh(foreign['libros']!, tokens.refresh_token!, { scope: 'openid email' })).status).toBe(
      400,
    )
    const elsewhere = { resource: `${app.origin}/api/v1` }
    expect((await refresh(foreign['libros']!, tokens.refresh_token!, elsewhere)).status).toBe(400)
    const renewed = (await (await refresh(foreign['libros']!, tokens.refresh_token!)).json()) as Tokens
    expect(renewed).toMatchObject({ scope: 'openid offline_access' })
    const told = await (await userinfo(app.origin, renewed.access_token)).json()
    expect(Object.keys(told as object)).toEqual(['sub'])
  })
})

describe('somebody whose account is not active', () => {
  it.each(['locked', 'blocked', 'erased'])(
    'gets no token from any grant, at the start and at redemption: %s (R31, VC12)',
    async (state) => {
      const person = personCalled('bruno')
      const browser = new Visitor(app.origin)
      const tokens = await tokensFor(app.origin, browser, web, person)
      const pending = await codeFor(browser, web, person)
      const unfinished = new Visitor(app.origin)
      const waiting = await unfinished.open(authorizationOf(web, pkce().challenge))
      await unfinished.submit(waiting.url.href, { email: person.email })
      const password = waiting.url.href.replace(/\/identify$/, '/enter-password')
      expect((await unfinished.open(password)).status).toBe(200)
      const subjectId = decodeJwt(tokens.id_token!).sub
      expect((await browser.ask('/privacy/permissions')).status).toBe(200)

      await owner.query('update subjects set state = $2 where subject_id = $1', [subjectId, state])
      try {
        const redeemed = await post(app.origin, '/oidc/token', web, {
          grant_type: 'authorization_code',
          code: pending.code,
          code_verifier: pending.verifier,
          redirect_uri: web.redirectUri,
        })
        expect(redeemed.status).toBe(400)
        expect((await refresh(web, tokens.refresh_token!)).status).toBe(400)
        expect((await userinfo(app.origin, tokens.access_token)).status).toBe(401)
        expect(await introspect(web, tokens.access_token)).toEqual({ active: false })
        expect(await introspect(web, tokens.refresh_token!)).toEqual({ active: false })
        // In the middle of a sign-in, at the start of one, and with the session from before.
        const proven = await unfinished.submit(password, { password: person.password })
        expect(proven.url.searchParams.get('code')).toBeNull()
        const again = await new Visitor(app.origin).signIn(authorizationOf(web, pkce().challenge), person)
        expect(again.url.searchParams.get('code')).toBeNull()
        const silent = await browser.open(authorizationOf(web, pkce().challenge, { prompt: 'none' }))
        expect(silent.url.searchParams.get('error')).toBe('login_required')
        expect((await browser.ask('/privacy/permissions')).status).toBe(303)
      } finally {
        await owner.query("update subjects set state = 'active' where subject_id = $1", [subjectId])
        await owner.query('delete from sign_in_failures; delete from rate_limits')
      }
    },
    60_000,
  )
})

describe('a refresh token', () => {
  it('stays used when the process that took it is gone and another goes on (R23)', async () => {
    const visitor = new Visitor(app.origin)
    const first = await tokensFor(app.origin, visitor, web, ana)
    const before = await startTestApp({ beside: app })
    // To the other process, under the name both have.
    const rotated = await request(`${before.origin}/oidc/token`, {
      method: 'POST',
      headers: {
        host: new URL(app.origin).host,
        authorization: basic(web.clientId, web.secret!),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: String(new URLSearchParams({ grant_type: 'refresh_token', refresh_token: first.refresh_token! })),
    })
    expect(rotated.statusCode).toBe(200)
    const after = (await rotated.body.json()) as Tokens
    await before.close()
    const control = await refresh(web, after.refresh_token!)
    expect(control.status).toBe(200)
    const newest = (await control.json()) as Tokens
    const replayed = await refresh(web, first.refresh_token!)
    expect([replayed.status, ((await replayed.json()) as { error: string }).error]).toEqual([
      400,
      'invalid_grant',
    ])
    // Somebody has a token that was already used: everything that came from it ends.
    expect((await refresh(web, newest.refresh_token!)).status).toBe(400)
    expect((await userinfo(app.origin, newest.access_token)).status).toBe(401)
  })
})
