import { generateKeyPairSync } from 'node:crypto'
import { decodeJwt } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { dpopProof, makeKey } from '../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { SoftwareAuthenticator } from '../support/software-authenticator.ts'
import { everythingIn } from './copy-of-database.ts'
import {
  authorizationOf,
  basic,
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
let native: RelyingParty

/** What honest people hold in their hands while the database is copied. */
interface Held {
  /** Values that open something: none of them may be read off the copy. */
  readonly secrets: Readonly<Record<string, string>>
  readonly web: Tokens
  readonly pending: { readonly code: string; readonly verifier: string }
  readonly codePage: { readonly visitor: Visitor; readonly path: string; readonly mailed: string }
  readonly challenged: { readonly visitor: Visitor; readonly path: string }
}
let held: Held
let loot: ReadonlySet<string>

beforeAll(async () => {
  app = await startTestApp({ people: true, environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1,::1' } })
  owner = openPool(app.database.connection)
  web = relyingParty(app, 'tienda-norte-web')
  native = relyingParty(app, 'tienda-norte-app')
  held = await journey()
  loot = await everythingIn(owner)
}, 60_000)

afterAll(async () => {
  await owner?.end()
  await app?.close()
})

const mailedCode = async (to: string, since: Date) => {
  const mail = await app.outbox.next(to, since)
  const code = /\b(\d{6,8})\b/.exec(mail.text)?.[1]
  if (code === undefined) throw new Error(`no code in: ${mail.text}`)
  return code
}

/** Everything that can be under way at once, each left at the point where the database knows most about it. */
async function journey(): Promise<Held> {
  const ana = personCalled('ana')
  const visitor = new Visitor(app.origin)

  // A passkey beside the password: offered after the first sign-in.
  let seen = await visitor.open(authorizationOf(web, pkce().challenge))
  const start = seen.url.pathname.replace(/\/identify$/, '')
  await visitor.submit(seen.url.href, { email: ana.email })
  await visitor.open(`${start}/enter-password`)
  seen = await visitor.submit(`${start}/enter-password`, { password: ana.password })
  expect(seen.url.pathname).toBe(`${start}/create-passkey`)
  const made = visitor.authenticator.create(await visitor.json(`${start}/create-passkey/options`))
  await visitor.goOn(await visitor.submit(`${start}/create-passkey`, { response: JSON.stringify(made) }))

  const tokens = await tokensFor(app.origin, visitor, web, ana)
  const pending = await codeFor(visitor, web, ana)
  const pushed = (await (
    await post(
      app.origin,
      '/oidc/request',
      web,
      Object.fromEntries(new URL(authorizationOf(web, pkce().challenge), app.origin).searchParams),
    )
  ).json()) as { request_uri: string }
  expect(pushed.request_uri).toBeDefined()

  // The app, its tokens bound to a key.
  const key = await makeKey()
  const proof = await dpopProof(key, 'POST', `${app.origin}/oidc/token`)
  const bound = await tokensFor(app.origin, visitor, native, ana, {}, { dpop: proof })

  // Somebody waits for a code by mail; somebody else holds a challenge for a passkey.
  const waiting = new Visitor(app.origin)
  const bruno = personCalled('bruno')
  seen = await waiting.open(authorizationOf(web, pkce().challenge))
  const codeBase = seen.url.pathname.replace(/\/identify$/, '')
  await waiting.submit(seen.url.href, { email: bruno.email })
  await waiting.open(`${codeBase}/enter-password`)
  const asked = new Date()
  seen = await waiting.submit(`${codeBase}/send-code`, {})
  expect(seen.url.pathname).toBe(`${codeBase}/enter-code`)
  const mailed = await mailedCode(bruno.email, asked)

  const challenged = new Visitor(app.origin)
  seen = await challenged.open(authorizationOf(web, pkce().challenge))
  const challengePath = seen.url.pathname.replace(/\/identify$/, '')
  const options = await challenged.json(`${challengePath}/passkey/options`)

  // Staff: one signed in, one whose enrolment is open.
  const { staff } = commandHouse(app.house)
  const dora = await staff.create({
    login: 'dora',
    displayName: 'Dora',
    roles: [{ role: 'agent', touchpointId: undefined }],
  })
  const staffVisitor = new Visitor(app.origin)
  await staffVisitor.open(`/staff/enrol?token=${dora.enrolmentToken}`)
  const enrolment = await staffVisitor.json(`/staff/enrol/options?token=${dora.enrolmentToken}`)
  await staffVisitor.submit(`/staff/enrol?token=${dora.enrolmentToken}`, {
    response: JSON.stringify(staffVisitor.authenticator.create(enrolment)),
  })
  await staffVisitor.open('/staff/sign-in')
  const assertion = staffVisitor.authenticator.get(await staffVisitor.json('/staff/sign-in/options'))
  const home = await staffVisitor.submit('/staff/sign-in', { response: JSON.stringify(assertion) })
  expect(home.url.pathname).toBe('/staff')
  const eva = await staff.create({
    login: 'eva',
    displayName: 'Eva',
    roles: [{ role: 'agent', touchpointId: undefined }],
  })

  const cookies = Object.fromEntries(
    [visitor, waiting, challenged, staffVisitor].flatMap((one, index) =>
      [...one.jar].map(([name, { value }]) => [`cookie ${name} ${index}`, value]),
    ),
  )
  return {
    secrets: {
      'access token': tokens.access_token,
      'refresh token': tokens.refresh_token ?? '',
      'ID token': tokens.id_token ?? '',
      'bound access token': bound.access_token,
      'bound refresh token': bound.refresh_token ?? '',
      'authorization code': pending.code,
      'PKCE verifier': pending.verifier,
      'pushed request': pushed.request_uri.split(':').at(-1) ?? '',
      'client secret': web.secret ?? '',
      'one-time code': mailed,
      'passkey challenge': options.challenge,
      'staff enrolment': eva.enrolmentToken,
      'used staff enrolment': dora.enrolmentToken,
      password: ana.password,
      ...cookies,
    },
    web: tokens,
    pending,
    codePage: { visitor: waiting, path: `${codeBase}/enter-code`, mailed },
    challenged: { visitor: challenged, path: challengePath },
  }
}

/** What can be put into a header or a form. */
const usable = () => [...loot].filter((value) => value.length <= 1_000 && /^[\x21-\x7e]+$/.test(value))

/** The values for which something opened: named, so that a failure says which row betrays it. */
async function opening(tries: readonly string[], opens: (value: string) => Promise<boolean>) {
  const opened: string[] = []
  for (let at = 0; at < tries.length; at += 16) {
    const answers = await Promise.all(
      tries.slice(at, at + 16).map(async (value) => ((await opens(value)) ? value : undefined)),
    )
    opened.push(...answers.filter((value) => value !== undefined))
  }
  return opened
}

/** Where a value could be shown, whether it opened, and which honest one does: without that a closed door proves nothing. */
const doors: readonly [door: string, opens: (value: string) => Promise<boolean>, genuine?: string][] = [
  [
    'access token',
    async (value: string) => (await userinfo(app.origin, value)).status === 200,
    'access token',
  ],
  [
    'introspected token',
    async (value: string) => {
      const seen = await post(app.origin, '/oidc/introspect', web, { token: value })
      return ((await seen.json()) as { active?: boolean }).active === true
    },
    'refresh token',
  ],
  [
    'refresh token',
    async (value: string) =>
      (await post(app.origin, '/oidc/token', web, { grant_type: 'refresh_token', refresh_token: value }))
        .status === 200,
  ],
  [
    'authorization code',
    async (value: string) =>
      (
        await post(app.origin, '/oidc/token', web, {
          grant_type: 'authorization_code',
          code: value,
          code_verifier: held.pending.verifier,
          redirect_uri: web.redirectUri,
        })
      ).status === 200,
  ],
  [
    'client secret',
    async (value: string) =>
      (await post(app.origin, '/oidc/introspect', { ...web, secret: value }, { token: 'x' })).status === 200,
    'client secret',
  ],
  [
    'pushed request',
    async (value: string) => {
      const uri = value.startsWith('urn:') ? value : `urn:ietf:params:oauth:request_uri:${value}`
      const query = new URLSearchParams({ client_id: web.clientId, request_uri: uri })
      return (await new Visitor(app.origin).ask(`/oidc/auth?${query}`)).status === 303
    },
  ],
  [
    'session cookie of a customer',
    async (value: string) => {
      const cookie = `placet_session=${encodeURIComponent(value)}; placet_session.sig=${value}`
      const seen = await fetch(`${app.origin}/privacy/permissions`, {
        redirect: 'manual',
        headers: { cookie, accept: 'text/html' },
      })
      return seen.status === 200
    },
  ],
  [
    'sign-in under way',
    async (value: string) => {
      const seen = await fetch(`${app.origin}/sign-in/${encodeURIComponent(value)}/identify`, {
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          cookie: `placet_interaction=${value}; placet_interaction.sig=${value}`,
        },
      })
      return seen.status === 200
    },
  ],
  [
    'session cookie of staff',
    async (value: string) => {
      const seen = await fetch(`${app.origin}/staff`, {
        redirect: 'manual',
        headers: { cookie: `placet_staff=${value}`, accept: 'text/html' },
      })
      return seen.status === 200
    },
    'cookie placet_staff / 3',
  ],
  [
    'enrolment link of staff',
    async (value: string) =>
      (await new Visitor(app.origin).ask(`/staff/enrol?token=${encodeURIComponent(value)}`)).status === 200,
    'staff enrolment',
  ],
]

describe('somebody with a copy of the whole database (R18, R32)', () => {
  it('finds in it none of the values that open something, in any spelling', () => {
    expect(loot.size).toBeGreaterThan(500)
    for (const [name, secret] of Object.entries(held.secrets)) {
      expect(secret.length, name).toBeGreaterThan(5)
      for (const value of loot) {
        if (!value.includes(secret)) continue
        // What is short may turn up in something long by chance; by itself it may not.
        if (secret.length < 16 && value !== secret) continue
        expect.fail(`${name} is in the database, in ${value.slice(0, 80)}`)
      }
    }
  })

  it.each(doors)(
    'opens nothing with any of it as %s',
    async (_, opens, genuine) => {
      const real = genuine === undefined ? undefined : held.secrets[genuine]
      expect(await opening([...usable(), ...(real === undefined ? [] : [real])], opens)).toEqual(
        real === undefined ? [] : [real],
      )
      expect(genuine === undefined).toBe(real === undefined)
    },
    120_000,
  )

  it('opens nothing with any of it as a one-time code', async () => {
    const { visitor, path } = held.codePage
    const before = new Map(visitor.jar)
    const codes = usable().filter((value) => /^\d{4,12}$/.test(value))
    const tried = [...codes, ...usable().filter((value) => value.length === 6 || value.length === 8)].slice(
      0,
      200,
    )
    for (const code of tried) {
      visitor.jar.clear()
      for (const [name, cookie] of before) visitor.jar.set(name, cookie)
      // The bound on guesses is not what is proven here either: each value gets its own.
      await owner.query('update one_time_codes set guesses = 0; delete from rate_limits')
      const seen = await visitor.submit(path, { code })
      expect(seen.url.searchParams.get('code'), code).toBeNull()
      expect(seen.status, code).toBeOneOf([200, 422, 429])
    }
    visitor.jar.clear()
    for (const [name, cookie] of before) visitor.jar.set(name, cookie)
    await owner.query('update one_time_codes set guesses = 0; delete from rate_limits')
    const right = await visitor.goOn(await visitor.submit(path, { code: held.codePage.mailed }))
    expect(right.url.searchParams.get('code'), 'the mailed one still works').not.toBeNull()
  }, 60_000)

  it('makes no passkey answer with it: not with the challenge, not with the public key', async () => {
    const { visitor, path } = held.challenged
    const { rows } = await owner.query(
      'select p.credential_id, p.subject_id, c.challenge_hash from passkeys p, webauthn_challenges c',
    )
    expect(rows.length).toBeGreaterThan(0)
    const forger = new SoftwareAuthenticator(app.origin)
    for (const row of rows.slice(0, 12)) {
      for (const challenge of [
        row.challenge_hash.toString('base64url'),
        row.challenge_hash.toString('hex'),
      ]) {
        forger.create({ rp: { id: 'localhost' }, user: { id: row.subject_id }, challenge })
        const forged = forger.get(
          { rpId: 'localhost', challenge },
          {
            id: row.credential_id.toString('base64url'),
            signWith: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
          },
        )
        await owner.query('delete from rate_limits')
        const seen = await visitor.submit(`${path}/passkey`, { response: JSON.stringify(forged) })
        expect(seen.url.searchParams.get('code')).toBeNull()
        expect(seen.status).toBe(422)
      }
    }
  })

  it('while everything goes on working for those it belongs to', async () => {
    expect((await userinfo(app.origin, held.web.access_token)).status).toBe(200)
    const redeemed = await post(app.origin, '/oidc/token', web, {
      grant_type: 'authorization_code',
      code: held.pending.code,
      code_verifier: held.pending.verifier,
      redirect_uri: web.redirectUri,
    })
    // A code lives a minute, and trying everything may have taken longer.
    expect(redeemed.status).toBeOneOf([200, 400])
    const renewed = await post(app.origin, '/oidc/token', web, {
      grant_type: 'refresh_token',
      refresh_token: held.web.refresh_token ?? '',
    })
    expect(renewed.status).toBe(200)
    expect(decodeJwt(held.web.id_token ?? '').sub).toBeDefined()
    const secret = await fetch(`${app.origin}/oidc/introspect`, {
      method: 'POST',
      headers: { authorization: basic(web.clientId, web.secret ?? '') },
      body: new URLSearchParams({ token: 'x' }),
    })
    expect(secret.status).toBe(200)
  })
})
