import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { assertion, assertionType, dpopProof, type KeyOfClient, makeKey } from '../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  authorizationOf,
  codeFor,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  relyingParty,
  type Tokens,
  tokensFor,
  userinfo,
  Visitor,
} from './visitor.ts'

let app: TestApp
let owner: pg.Pool
let web: RelyingParty
let newsletter: RelyingParty
let key: KeyOfClient
let foreign: Record<string, RelyingParty>

const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openPool(app.database.connection)
  web = relyingParty(app, 'tienda-norte-web')
  newsletter = relyingParty(app, 'correo-norte')
  key = await makeKey()
  const { clients } = commandHouse(app.house)
  const register = async (clientId: string, host: string, more: Record<string, unknown> = {}) => {
    const redirectUri = `https://${host}/callback`
    const made = await clients.create({
      client_id: clientId,
      client_name: clientId,
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email offline_access',
      recipient_id: 'correo-norte',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      ...more,
    })
    return { clientId, secret: made['client_secret'] as string | undefined, redirectUri }
  }
  foreign = {
    libros: await register('libros', 'libros.example'),
    musica: await register('musica', 'musica.example'),
    'musica-app': await register('musica-app', 'musica.example'),
  }
  await clients.create({
    client_id: 'almacen',
    client_name: 'Almacén',
    first_party: true,
    redirect_uris: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [key.publicJwk] },
  })
  await clients.create({
    client_id: 'tienda-clave',
    client_name: 'Tienda con clave',
    first_party: true,
    redirect_uris: [web.redirectUri],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [key.publicJwk] },
    scope: 'openid profile email offline_access',
  })
  await app.house.oidc.reloadClients()
})

afterAll(async () => {
  await owner?.end()
  await app?.close()
})

const refresh = (party: RelyingParty, token: string, more: Record<string, string> = {}) =>
  post(app.origin, '/oidc/token', party, { grant_type: 'refresh_token', refresh_token: token, ...more })
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

describe('a document made for one purpose', () => {
  it('is good for that and nothing else in the whole house: every document at every door (R27, R70)', async () => {
    const visitor = new Visitor(app.origin)
    const tokens = await tokensFor(app.origin, visitor, web, ana)
    const pending = await codeFor(visitor, web, ana)
    const { enrolmentToken } = await commandHouse(app.house).staff.create({
      login: 'dora',
      displayName: 'Dora',
      roles: [{ role: 'agent', touchpointId: undefined }],
    })
    const receipts = await visitor.open('/privacy/history')
    const receiptHref = /(\/privacy\/receipts\/[0-9a-f-]{36})/.exec(receipts.text)?.[1] ?? ''
    const receipt = (await visitor.ask(`${receiptHref}.jws`)).text
    const sign = (claims: Record<string, unknown>, typ: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ })
        .setIssuer('almacen')
        .setSubject('almacen')
        .setAudience(app.origin)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(key.privateKey)
    const sealedFlow = [...visitor.jar].find(([name]) => name.startsWith('placet_known'))?.[1].value ?? ''
    const state = new URL(
      (await new Visitor(app.origin).ask('/privacy')).headers.get('location') ?? '/',
      app.origin,
    ).searchParams.get('state')!
    const documents: Record<string, string> = {
      'ID token': tokens.id_token!,
      'access token': tokens.access_token,
      'refresh token': tokens.refresh_token!,
      'authorization code': pending.code,
      'client assertion': await assertion(key, 'almacen', app.origin),
      'request object': await sign(
        { client_id: 'tienda-clave', response_type: 'code' },
        'oauth-authz-req+jwt',
      ),
      'DPoP proof': await dpopProof(key, 'POST', `${app.origin}/oidc/token`),
      'logout token': await sign({ events: {} }, 'logout+jwt'),
      'SET event': await sign({ events: { 'urn:x': {} } }, 'secevent+jwt'),
      'unsigned ID token': new UnsecuredJWT(decodeJwt(tokens.id_token!)).encode(),
      receipt,
      'staff enrolment link': enrolmentToken,
      'sealed cookie of a known browser': sealedFlow,
      'sealed return address': state,
    }
    for (const [name, document] of Object.entries(documents)) expect(document, name).toMatch(/^[!-~]+$/)
    expect(receipt.split('.').length, 'a receipt is a JWS').toBeGreaterThanOrEqual(3)

    const keyed = { clientId: 'almacen', secret: undefined }
    const browserFor = async (cookie: string, path: string) =>
      fetch(`${app.origin}${path}`, { redirect: 'manual', headers: { accept: 'text/html', cookie } })
    const doors: Record<string, { takes: string[]; opens: (document: string) => Promise<boolean> }> = {
      userinfo: {
        takes: ['access token'],
        opens: async (document) => (await userinfo(app.origin, document)).status === 200,
      },
      'the code grant': {
        takes: [],
        opens: async (document) =>
          (
            await post(app.origin, '/oidc/token', web, {
              grant_type: 'authorization_code',
              code: document,
              code_verifier: pkce().verifier,
              redirect_uri: web.redirectUri,
            })
          ).status === 200,
      },
      'client authentication': {
        takes: ['client assertion'],
        opens: async (document) =>
          (
            await post(app.origin, '/oidc/token', keyed, {
              grant_type: 'client_credentials',
              client_assertion_type: assertionType,
              client_assertion: document,
            })
          ).status === 200,
      },
      'a client secret': {
        takes: [],
        opens: async (document) =>
          (await post(app.origin, '/oidc/introspect', { ...web, secret: document }, { token: 'x' }))
            .status === 200,
      },
      'a proof of possession': {
        takes: ['DPoP proof'],
        opens: async (document) =>
          (
            await post(
              app.origin,
              '/oidc/token',
              keyed,
              {
                grant_type: 'client_credentials',
                client_assertion_type: assertionType,
                client_assertion: await assertion(key, 'almacen', app.origin),
              },
              { dpop: document },
            )
          ).status === 200,
      },
      'a request object': {
        takes: [],
        opens: async (document) => {
          const query = new URLSearchParams({ client_id: 'tienda-clave', request: document })
          const answer = await new Visitor(app.origin).ask(`/oidc/auth?${query}`)
          return answer.headers.get('location')?.includes('/sign-in/') === true
        },
      },
      'a pushed request': {
        takes: [],
        opens: async (document) => {
          const query = new URLSearchParams({
            client_id: web.clientId,
            request_uri: `urn:ietf:params:oauth:request_uri:${document}`,
          })
          const answer = await new Visitor(app.origin).ask(`/oidc/auth?${query}`)
          return answer.headers.get('location')?.includes('/sign-in/') === true
        },
      },
      'a hint of who signs out': {
        takes: ['ID token'],
        opens: async (document) => {
          const query = new URLSearchParams({ id_token_hint: document })
          return (await new Visitor(app.origin).ask(`/oidc/session/end?${query}`)).status === 200
        },
      },
      'the session of a customer': {
        takes: [],
        opens: async (document) =>
          (await browserFor(`placet_session=${encodeURIComponent(document)}`, '/privacy')).status === 200,
      },
      'the session of staff': {
        takes: [],
        opens: async (document) => (await browserFor(`placet_staff=${document}`, '/staff')).status === 200,
      },
      'a staff enrolment': {
        takes: ['staff enrolment link'],
        opens: async (document) =>
          (await browserFor('', `/staff/enrol?token=${encodeURIComponent(document)}`)).status === 200,
      },
      'a return address': {
        takes: ['sealed return address'],
        opens: async (document) =>
          (await browserFor('', `/privacy/signed-in?state=${encodeURIComponent(document)}`)).status === 303,
      },
      renewal: {
        takes: ['refresh token'],
        opens: async (document) => (await refresh(web, document)).status === 200,
      },
    }
    const opened: string[] = []
    const expected: string[] = []
    for (const [door, { takes, opens }] of Object.entries(doors)) {
      for (const [name, document] of Object.entries(documents)) {
        if (takes.includes(name)) expected.push(`${name} → ${door}`)
        if (await opens(document)) opened.push(`${name} → ${door}`)
      }
    }
    expect(opened).toEqual(expected)
  }, 60_000)
})
