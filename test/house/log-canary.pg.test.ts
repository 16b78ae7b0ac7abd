import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLog } from '../../src/platform/log/index.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  authorizationOf,
  pkce,
  post,
  relyingParty,
  type Tokens,
  tokensFor,
  userinfo,
  Visitor,
} from './visitor.ts'

let app: TestApp
let owner: pg.Pool
const lines: string[] = []
/** What went past the log: libraries that print for themselves. */
const printed: string[] = []
/** Every body that a person or program was shown when something went wrong. */
const shown: string[] = []

const mark = () => randomBytes(6).toString('hex')
const markLetters = () => mark().replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? 'x')
const secret: Record<string, string> = {
  mailbox: `canary-${mark()}`,
  firstName: `Canaria${markLetters()}`,
  lastName: `Apellido${markLetters()}`,
  password: `contrasena-${mark()}-bien-larga`,
  wrongPassword: `equivocada-${mark()}-tambien`,
  stranger: `stranger-${mark()}`,
  query: `consulta-${mark()}`,
  body: `cuerpo-${mark()}`,
}
const email = `${secret['mailbox']}@correo.example`

beforeAll(async () => {
  const destination = { write: (line: string) => void lines.push(line) }
  app = await startTestApp({ people: true, log: createLog({ level: 'debug', destination }) })
  owner = openPool(app.database.connection)
}, 60_000)
afterAll(async () => {
  await owner?.end()
  await app?.close()
})
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed.push(String(text))
      return true
    })
  }
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, name).mockImplementation((...said) => void printed.push(said.map(String).join(' ')))
})
afterEach(() => vi.restoreAllMocks())

/** Nothing that was said anywhere may hold any of it; `where` names what was read. */
function expectNowhere(where: string, texts: readonly string[]) {
  const all = texts.join('\n')
  for (const [name, value] of Object.entries(secret)) {
    expect(value.length, name).toBeGreaterThanOrEqual(6)
    for (const spelling of [value, encodeURIComponent(value), Buffer.from(value).toString('base64url')]) {
      const at = all.indexOf(spelling)
      expect(at === -1 ? '' : `${name} in ${where}: ${all.slice(Math.max(0, at - 120), at + 60)}`).toBe('')
    }
  }
}

async function mailed(to: string, since: Date): Promise<string> {
  const mail = await app.outbox.next(to, since)
  const code = /\b(\d{6,8})\b/.exec(mail.text)?.[1]
  if (code === undefined) throw new Error('no code came by mail')
  return code
}

describe('what a person types, is sent and is called', () => {
  it('goes through a whole journey with every mistake on the way', async () => {
    const web = relyingParty(app, 'tienda-norte-web')
    const { verifier, challenge } = pkce()
    const visitor = new Visitor(app.origin)
    let seen = await visitor.open(
      authorizationOf(web, challenge, { login_hint: email, state: secret['query']! }),
    )
    const base = seen.url.pathname.replace(/\/[^/]+$/, '')
    await visitor.open(`${base}/create-account`)
    let since = new Date()
    seen = await visitor.submit(`${base}/create-account`, { email })
    expect(seen.url.pathname).toBe(`${base}/enter-code`)
    secret['first code'] = await mailed(email, since)
    await visitor.submit(`${base}/enter-code`, { code: '000000' })
    seen = await visitor.submit(`${base}/enter-code`, { code: secret['first code'] })
    expect(seen.url.pathname).toBe(`${base}/your-details`)
    await visitor.submit(`${base}/your-details`, {
      first_name: secret['firstName']!,
      birth_date: secret['body']!,
    })
    seen = await visitor.submit(`${base}/your-details`, {
      first_name: secret['firstName']!,
      last_name: secret['lastName']!,
      birth_date: '1990-05-01',
      password: secret['password']!,
    })
    expect(seen.url.pathname).toBe(`${base}/check-answers`)
    const end = await visitor.goOn(await visitor.submit(`${base}/check-answers`, {}))
    const code = end.url.searchParams.get('code')!
    secret['authorization code'] = code
    const answer = await post(app.origin, '/oidc/token', web, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: web.redirectUri,
    })
    const tokens = (await answer.json()) as Tokens
    expect(answer.status).toBe(200)
    secret['verifier'] = verifier
    secret['access token'] = tokens.access_token
    secret['refresh token'] = tokens.refresh_token!
    secret['ID token'] = tokens.id_token!
    secret['client secret'] = web.secret!
    for (const [name, { value }] of visitor.jar) if (value.length > 20) secret[`cookie ${name}`] = value

    expect((await userinfo(app.origin, tokens.access_token)).status).toBe(200)
    await visitor.open('/privacy')
    await visitor.open('/privacy/your-data')
    await visitor.open('/privacy/permissions')
    await visitor.open('/privacy/security')

    // Wrong ones, twice used ones, and ones at the wrong door.
    const replayed = await post(app.origin, '/oidc/token', web, {
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: web.redirectUri,
    })
    expect(replayed.status).toBe(400)
    shown.push(await replayed.text())
    for (const [path, fields] of [
      ['/oidc/token', { grant_type: 'refresh_token', refresh_token: `${tokens.refresh_token}x` }],
      ['/oidc/token', { grant_type: 'password', username: email, password: secret['password']! }],
      ['/oidc/introspect', { token: secret['body']! }],
      ['/oidc/request', { request: secret['body']!, login_hint: email }],
    ] as const) {
      shown.push(await (await post(app.origin, path, web, fields)).text())
    }
    const thief = { ...web, secret: secret['wrongPassword']! }
    shown.push(
      await (await post(app.origin, '/oidc/token', thief, { grant_type: 'client_credentials' })).text(),
    )

    const other = new Visitor(app.origin)
    seen = await other.open(authorizationOf(web, pkce().challenge))
    const again = seen.url.pathname.replace(/\/[^/]+$/, '')
    for (const [address, password] of [
      [email, secret['wrongPassword']!],
      [`${secret['stranger']}@correo.example`, secret['wrongPassword']!],
    ] as const) {
      await other.submit(`${again}/identify`, { email: address })
      await other.open(`${again}/enter-password`)
      expect((await other.submit(`${again}/enter-password`, { password })).status).toBe(422)
    }
    since = new Date()
    await other.submit(`${again}/identify`, { email })
    await other.open(`${again}/enter-password`)
    await other.submit(`${again}/send-code`, {})
    secret['second code'] = await mailed(email, since)
  }, 60_000)

  it('is not in error pages nor in problem details, whatever was sent', async () => {
    const visitor = new Visitor(app.origin)
    await visitor.open('/staff/sign-in')
    const tries: readonly (readonly [path: string, init: RequestInit])[] = [
      [`/no/such/page?email=${encodeURIComponent(email)}&q=${secret['query']}`, {}],
      [`/${secret['query']}`, {}],
      [`/privacy/receipts/${secret['query']}`, {}],
      [`/staff/enrol?token=${secret['query']}`, {}],
      [`/sign-in/${secret['query']}/identify`, {}],
      [`/privacy/signed-in?state=${secret['query']}&error=${secret['body']}`, {}],
      [`/oidc/auth?client_id=${secret['query']}&login_hint=${encodeURIComponent(email)}`, {}],
      [`/oidc/${secret['query']}`, {}],
      [
        '/staff/sign-in',
        {
          method: 'POST',
          body: new URLSearchParams({
            _csrf: visitor.csrf,
            response: secret['body']!,
            [secret['query']!]: email,
          }),
        },
      ],
      [
        '/staff/sign-in',
        { method: 'POST', body: `{"a":"${secret['body']}`, headers: { 'content-type': 'application/json' } },
      ],
      [
        '/oidc/token',
        { method: 'POST', body: `{"a":"${secret['body']}`, headers: { 'content-type': 'application/json' } },
      ],
      ['/oidc/me', { headers: { authorization: `Bearer ${secret['body']}` } }],
    ]
    for (const accept of ['text/html', 'application/json']) {
      for (const [path, init] of tries) {
        const seen = await visitor.ask(path, {
          ...init,
          headers: { accept, ...init.headers } as Record<string, string>,
        })
        expect(seen.status, path).toBeGreaterThanOrEqual(300)
        // The form that is shown again may say what was typed into it; a page about a problem may not.
        if (path !== '/staff/sign-in') shown.push(seen.text)
      }
    }
    // The engine names an unknown client and a wrong token in nothing it answers.
    expectNowhere('an answer', shown)
  })

  it('is not in the log when the database itself stumbles over it', async () => {
    const web = relyingParty(app, 'tienda-norte-web')
    const before = lines.length
    const visitor = new Visitor(app.origin)
    const person = { email, password: secret['password']! }
    // The first ones died with the code that was shown twice.
    const { access_token: token } = await tokensFor(app.origin, visitor, web, person)
    secret['access token of later'] = token
    await owner.query('alter table assertions rename to assertions_away')
    await visitor.open('/privacy/your-data')
    const answer = await userinfo(app.origin, token)
    const seen = await post(app.origin, '/oidc/introspect', web, { token })
    const page = await visitor.ask('/privacy/your-data')
    await owner.query('alter table assertions_away rename to assertions')
    for (const status of [answer.status, seen.status, page.status]) expect(status).toBeGreaterThanOrEqual(500)
    shown.push(await answer.text(), await seen.text(), page.text)
    expect(lines.length).toBeGreaterThan(before)
    expect(lines.slice(before).join('')).toContain('"level":"error"')
    expectNowhere('an answer', shown)
    for (const text of shown) expect(text).not.toMatch(/assertions|node_modules|at \w+ \(|select /)
  })

  it('is not in the log when a message cannot be sent', async () => {
    const visitor = new Visitor(app.origin)
    const seen = await visitor.open(authorizationOf(relyingParty(app, 'tienda-norte-web'), pkce().challenge))
    const base = seen.url.pathname.replace(/\/[^/]+$/, '')
    await app.outbox.close()
    await visitor.submit(`${base}/identify`, { email })
    await visitor.open(`${base}/enter-password`)
    await visitor.submit(`${base}/send-code`, {})
    await expect
      .poll(() => lines.some((line) => line.includes('mail.failed') || line.includes('later.failed')))
      .toBe(true)
  })

  it('is nowhere: not in the log at its most talkative, not on the console, not in the metrics (R101)', async () => {
    expect(lines.length).toBeGreaterThan(15)
    expect(Object.keys(secret).length).toBeGreaterThan(16)
    expectNowhere('the log', lines)
    expectNowhere('the console', printed)
    const { body } = await app.house.platform.metrics.expose()
    expect(body).toContain('placet_logins_total')
    expectNowhere('the metrics', [body])
    const planted = [...lines, JSON.stringify({ event: 'x', to: email })]
    expect(() => expectNowhere('a log that tells', planted)).toThrow(/mailbox in a log that tells/)
  })
})
