import { request } from 'node:http'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import {
  authorizeUrl,
  basic,
  pkce,
  refresh,
  signIn,
  type Tokens,
  tokenRequest,
  walk,
} from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'
import { type KeyOfClient, makeKey } from './support/keys.ts'

let database: TestDatabase
let house: House
let ana: SubjectId
let bruno: SubjectId
let key: KeyOfClient

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  key = await makeKey()
  await arrangeClient(pool, { clientId: 'tienda-web' })
  await arrangeClient(pool, { clientId: 'segura', metadata: { require_pushed_authorization_requests: true } })
  await arrangeClient(pool, {
    clientId: 'firmante',
    metadata: {
      jwks: { keys: [key.publicJwk] },
      require_signed_request_object: true,
      request_object_signing_alg: 'ES256',
    },
  })
  await arrangeClient(pool, { clientId: 'escasa', metadata: { scope: 'openid email' } })
  ana = await arrangeSubject(pool)
  bruno = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  await house?.close()
  await database?.drop()
})

/** Sends the request as it is and tells what came back to the client, or which status of ours. */
async function outcome(url: string, browser = openBrowser()): Promise<URLSearchParams | number> {
  const response = await browser.get(url)
  const location = response.headers.get('location')
  if (location?.startsWith(callback) !== true) return response.status
  const { search, hash } = new URL(location)
  return new URLSearchParams(search === '' ? hash.slice(1) : search)
}

const web = (more: Record<string, string> = {}, clientId = 'tienda-web') =>
  authorizeUrl(house.origin, { clientId, more }, pkce().challenge)

const errorOf = (result: URLSearchParams | number) =>
  typeof result === 'number' ? result : result.get('error')

describe('an authorization request', () => {
  it('needs PKCE with S256 from every client, and the verifier must fit (R4, VC16)', async () => {
    const bare = new URL(web())
    bare.searchParams.delete('code_challenge')
    bare.searchParams.delete('code_challenge_method')
    expect(errorOf(await outcome(bare.href))).toBe('invalid_request')
    expect(errorOf(await outcome(web({ code_challenge_method: 'plain' })))).toBe('invalid_request')

    for (const wrong of [
      {},
      { code_verifier: '' },
      { code_verifier: pkce().verifier },
      { code_verifier: 'short' },
    ]) {
      const arrival = await walk(house.origin, openBrowser(), web(), { subjectId: ana })
      const response = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code: arrival.back.get('code')!,
        redirect_uri: callback,
        ...wrong,
      })
      expect(response.status).toBe(400)
    }
  })

  it('gives a code that is redeemed only with the very address it was sent to (R6)', async () => {
    const { verifier, challenge } = pkce()
    const url = authorizeUrl(house.origin, { clientId: 'tienda-web' }, challenge)
    const redeem = async (redirectUri: string | undefined, codeVerifier: string) => {
      const arrival = await walk(house.origin, openBrowser(), url, { subjectId: ana })
      const response = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code: arrival.back.get('code')!,
        code_verifier: codeVerifier,
        ...(redirectUri === undefined ? {} : { redirect_uri: redirectUri }),
      })
      return response.status
    }
    expect(await redeem(callback, verifier)).toBe(200)
    for (const wrong of [`${callback}/`, 'https://evil.example/', undefined]) {
      expect(await redeem(wrong, verifier), wrong).toBe(400)
    }
  })

  it('speaks only of codes: other response types and grants are absent and refused (R5)', async () => {
    const metadata = await (await fetch(`${house.origin}/.well-known/openid-configuration`)).json()
    expect(metadata).toMatchObject({
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    })
    expect((metadata as { grant_types_supported: string[] }).grant_types_supported.toSorted()).toEqual([
      'authorization_code',
      'client_credentials',
      'refresh_token',
      // For terminals in stores alone, and there are none here.
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:token-exchange',
      // For call centres that have registered for it.
      'urn:openid:params:grant-type:ciba',
    ])
    for (const type of ['token', 'id_token', 'code token', 'code id_token', 'none']) {
      const result = await outcome(web({ response_type: type }))
      expect(errorOf(result), type).toBeOneOf(['unsupported_response_type', 'invalid_request'])
    }
    const password = await tokenRequest(house.origin, 'tienda-web', {
      grant_type: 'password',
      username: 'ana',
      password: 'x',
    })
    expect(password.status).toBe(400)
  })

  it('is answered with the issuer, state and nothing else changed, errors included (R8, R9)', async () => {
    const state = 'a b&c=%2f"<é>'
    const good = await walk(house.origin, openBrowser(), web({ state }), { subjectId: ana })
    expect(good.back.get('iss')).toBe(house.issuer)
    expect(good.back.get('state')).toBe(state)
    const bad = await outcome(web({ state, prompt: 'none' }))
    expect(errorOf(bad)).toBe('login_required')
    expect((bad as URLSearchParams).get('iss')).toBe(house.issuer)
    expect((bad as URLSearchParams).get('state')).toBe(state)
    const mode = await outcome(web({ response_mode: 'fragment' }))
    expect(errorOf(mode)).toBe('invalid_request')
  })

  it('must be pushed where the client is marked so, and is good once and for its client alone (R10)', async () => {
    expect(errorOf(await outcome(web({}, 'segura')))).toBe('invalid_request')
    const push = async (clientId: string, as = clientId) => {
      const body = new URL(web({}, clientId)).searchParams
      const response = await fetch(`${house.origin}/oidc/request`, {
        method: 'POST',
        headers: { authorization: basic(as) },
        body,
      })
      return { status: response.status, body: (await response.json()) as Record<string, string | number> }
    }
    const pushed = await push('segura')
    expect(pushed.status).toBe(201)
    expect(pushed.body['expires_in']).toBeLessThan(600)
    const query = (clientId: string) =>
      `${house.origin}/oidc/auth?${new URLSearchParams({ client_id: clientId, request_uri: String(pushed.body['request_uri']) })}`
    expect(await outcome(query('tienda-web'))).toBe(400)
    const first = await walk(house.origin, openBrowser(), query('segura'), { subjectId: ana })
    expect(first.back.get('code')).not.toBeNull()
    expect(await outcome(query('segura'))).toBe(400)
    expect((await push('segura', 'tienda-web')).status).toBe(400)
  })

  it('by reference is off, and a signed one must carry the registered algorithm (R11)', async () => {
    expect(errorOf(await outcome(web({ request_uri: 'https://evil.example/r.jwt' })))).toBe(
      'request_uri_not_supported',
    )
    const { challenge } = pkce()
    const claims = Object.fromEntries(
      new URL(authorizeUrl(house.origin, { clientId: 'firmante' }, challenge)).searchParams,
    )
    const sign = (by: KeyOfClient) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer('firmante')
        .setAudience(house.issuer)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(by.privateKey)
    const url = (requestObject: string) =>
      `${house.origin}/oidc/auth?${new URLSearchParams({ client_id: 'firmante', request: requestObject })}`
    const arrival = await walk(house.origin, openBrowser(), url(await sign(key)), { subjectId: ana })
    expect(arrival.back.get('code')).not.toBeNull()
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`
    for (const bad of [await sign(await makeKey()), none, 'x.y.z']) {
      const result = await outcome(url(bad))
      expect(typeof result === 'number' ? result : errorOf(result)).toSatisfy(
        (answer) => answer === 400 || answer === 'invalid_request_object',
      )
    }
    expect(errorOf(await outcome(web({}, 'firmante')))).toBe('invalid_request')
  })

  it('is not opened to scripts of other sites; where scripts may call, only registered origins (R14)', async () => {
    const authorize = await openBrowser().get(web(), { origin: 'https://tienda.example' })
    expect(authorize.headers.get('access-control-allow-origin')).toBeNull()
    for (const [origin, allowed] of [
      ['https://tienda.example', 'https://tienda.example'],
      ['https://evil.example', null],
      ['null', null],
    ] as const) {
      const { tokens } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
      const info = await fetch(`${house.origin}/oidc/me`, {
        headers: { authorization: `Bearer ${tokens.access_token}`, origin },
      })
      expect(info.headers.get('access-control-allow-origin'), origin).toBe(allowed)
    }
  })

  it('silent, shows no page; with max_age, prompt or acr_values, asks again (R15)', async () => {
    const { browser } = await signIn(
      house.origin,
      { clientId: 'tienda-web' },
      { subjectId: ana, assurance: 'password' },
    )
    expect(errorOf(await outcome(web({ prompt: 'none' }), openBrowser()))).toBe('login_required')
    expect(
      errorOf(await outcome(web({ prompt: 'none', acr_values: 'urn:placet:acr:passkey' }), browser)),
    ).toBe('login_required')
    for (const more of [
      { prompt: 'login' },
      { max_age: '0' },
      { acr_values: 'urn:placet:acr:passkey' },
    ] as Record<string, string>[]) {
      const arrival = await walk(house.origin, browser, web(more), { subjectId: ana, assurance: 'passkey' })
      expect(arrival.prompts, JSON.stringify(more)).toEqual(['login'])
      expect(arrival.back.get('code')).not.toBeNull()
      await signIn(
        house.origin,
        { clientId: 'tienda-web', more: { prompt: 'login' } },
        { subjectId: ana, assurance: 'password' },
        browser,
      )
    }
    const low = await walk(house.origin, browser, web({ acr_values: 'urn:placet:acr:code' }))
    expect(low.prompts).toEqual([])
  })

  it('whose forced sign-in is cancelled yields no code, neither for the old session nor another (R15)', async () => {
    const { browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const arrival = await walk(house.origin, browser, web({ prompt: 'login' }), {
      subjectId: ana,
      aborts: true,
    })
    expect(arrival.back.get('error')).toBe('access_denied')
    expect(arrival.back.get('code')).toBeNull()
  })

  it('finished by another person first ends the session of the one who was there', async () => {
    const { browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const start = await browser.get(web({ prompt: 'login' }))
    const page = start.headers.get('location')!
    const posted = await browser.post(`${page}/login`, JSON.stringify({ subjectId: bruno }))
    const resumed = await browser.get(posted.headers.get('location')!)
    // No page between: the first session is over, and the newcomer's sign-in goes on at the same address.
    expect(resumed.status).toBe(303)
    expect(resumed.headers.get('location')).toBe(posted.headers.get('location'))
    const done = await browser.get(resumed.headers.get('location')!)
    expect(new URL(done.headers.get('location')!).searchParams.get('code')).not.toBeNull()
  })

  it('with parameters beyond measure is refused at once: a scope of a megabyte within 50 ms (R16)', async () => {
    const body = `grant_type=refresh_token&scope=${'a+'.repeat(512 * 1024)}`
    const headers = {
      authorization: basic('tienda-web'),
      'content-type': 'application/x-www-form-urlencoded',
    }
    const times: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const started = performance.now()
      const response = await fetch(`${house.origin}/oidc/token`, { method: 'POST', headers, body })
      times.push(performance.now() - started)
      expect(response.status).toBe(400)
    }
    expect(Math.min(...times)).toBeLessThan(50)
    for (const more of [
      { scope: 'a'.repeat(3_000) },
      { login_hint: 'a'.repeat(3_000) },
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`p${index}`, '1'])),
    ]) {
      expect(await outcome(web(more))).toBe(400)
      const posted = await tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'refresh_token',
        refresh_token: 'x',
        ...more,
      })
      expect(posted.status).toBe(400)
      expect(await posted.json()).toMatchObject({ error: 'invalid_request' })
    }
    const twice = await outcome(`${web()}&scope=email`)
    expect(errorOf(twice)).toBe('invalid_request')
  })

  it('meets the same addresses whatever host, proxy header or request target it claims (R17)', async () => {
    const port = Number(new URL(house.origin).port)
    const raw = (path: string, headers: Record<string, string>) =>
      new Promise<{ body: string; location: string | undefined }>((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path, headers }, (response) => {
          let body = ''
          response.on('data', (chunk) => {
            body += String(chunk)
          })
          response.on('end', () => resolve({ body, location: response.headers.location }))
        })
        sent.on('error', reject)
        sent.end()
      })
    const honest = await raw('/.well-known/openid-configuration', { host: `localhost:${port}` })
    expect(honest.body).toContain(`${house.issuer}/oidc/token`)
    for (const headers of [
      { host: 'evil.example' },
      { host: `localhost:${port}`, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      { host: `localhost:${port}`, forwarded: 'host=evil.example;proto=https' },
    ] as Record<string, string>[]) {
      expect((await raw('/.well-known/openid-configuration', headers)).body).toBe(honest.body)
      const { pathname, search } = new URL(web())
      const started = await raw(`${pathname}${search}`, { ...headers, accept: 'text/html' })
      expect(started.location?.startsWith(`${house.issuer}/sign-in/`)).toBe(true)
    }
    const absolute = await raw('http://evil.example/.well-known/openid-configuration', {
      host: 'evil.example',
    })
    expect(absolute.body).not.toContain('evil.example')
  })

  it('never gains scope afterwards, and a client never gets more than it is registered for (R20)', async () => {
    expect(errorOf(await outcome(web({ scope: 'openid profile' }, 'escasa')))).toBe('invalid_scope')
    const { tokens } = await signIn(
      house.origin,
      { clientId: 'tienda-web', scope: 'openid email' },
      { subjectId: ana },
    )
    const wider = await refresh(house.origin, 'tienda-web', tokens.refresh_token!, {
      scope: 'openid email profile',
    })
    expect(wider.status).toBe(400)
    const narrower = (await (
      await refresh(house.origin, 'tienda-web', tokens.refresh_token!, { scope: 'openid' })
    ).json()) as Tokens
    expect(narrower.scope).toBe('openid')
  })

  it('is bound to the browser it was started in (R73)', async () => {
    const start = await openBrowser().get(web())
    const page = start.headers.get('location')!
    const elsewhere = await openBrowser().post(`${page}/login`, JSON.stringify({ subjectId: ana }))
    expect(elsewhere.status).toBe(410)
    expect(await elsewhere.json()).toEqual({ code: 'interaction-expired' })
  })

  it('takes an answer only to the question it asks', async () => {
    const browser = openBrowser()
    const start = await browser.get(web())
    const page = start.headers.get('location')!
    expect((await browser.post(`${page}/consent`, JSON.stringify({ scopes: ['openid'] }))).status).toBe(410)
    expect((await browser.post(`${page}/purposes`, '{}')).status).toBe(410)
    const answered = await browser.post(`${page}/login`, JSON.stringify({ subjectId: ana }))
    const back = answered.headers.get('location')!
    expect((await browser.get(back)).status).toBe(303)
    expect((await browser.get(back)).status).toBe(400)
  })
})
