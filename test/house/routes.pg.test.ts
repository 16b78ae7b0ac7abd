import { load } from 'cheerio'
import { decodeJwt } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import type { Route } from '../../src/platform/web/route.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { authorizationOf, personCalled, pkce, relyingParty, tokensFor, Visitor } from './visitor.ts'

let app: TestApp
let owner: pg.Pool
/** Signed in as a customer and as staff at once: whatever got through would have an effect. */
let ana: Visitor
let ofAna: Readonly<Record<string, string>>
const environment = { PLACET_TRUSTED_PROXIES: '127.0.0.1,::1' }

beforeAll(async () => {
  app = await startTestApp({ people: true, environment })
  owner = openPool(app.database.connection)
  ana = new Visitor(app.origin)
  const person = personCalled('ana')
  const web = relyingParty(app, 'tienda-norte-web')
  const tokens = await tokensFor(app.origin, ana, web, person)
  const subjectId = decodeJwt(tokens.id_token!).sub
  const { staff } = commandHouse(app.house)
  const admin = await staff.create({
    login: 'eva',
    displayName: 'Eva',
    roles: [{ role: 'admin', touchpointId: undefined }],
  })
  const link = `/staff/enrol?token=${admin.enrolmentToken}`
  await ana.open(link)
  const made = ana.authenticator.create(await ana.json(`/staff/enrol/options?token=${admin.enrolmentToken}`))
  await ana.submit(link, { response: JSON.stringify(made) })
  await ana.open('/staff/sign-in')
  const proof = ana.authenticator.get(await ana.json('/staff/sign-in/options'))
  expect((await ana.submit('/staff/sign-in', { response: JSON.stringify(proof) })).url.pathname).toBe(
    '/staff',
  )
  const waiting = await staff.create({
    login: 'teo',
    displayName: 'Teo',
    roles: [{ role: 'agent', touchpointId: undefined }],
  })
  // A sign-in of hers is under way too, at the page that asks for a password.
  const seen = await ana.open(authorizationOf(web, pkce().challenge, { prompt: 'login' }))
  const uid = /\/sign-in\/([^/]+)\//.exec(seen.url.pathname)?.[1] ?? ''
  await ana.submit(seen.url.href, { email: person.email })
  const first = async (text: string) => (await owner.query(text, [subjectId])).rows[0]?.value as string
  ofAna = {
    uid,
    receipt: await first('select receipt_id as value from receipts where subject_id = $1'),
    ref: await first('select session_uid as value from oidc_sessions where subject_id = $1'),
    passkeyId: '0198b000-0000-7000-8000-000000000001',
    attribute: 'first_name',
    purpose: 'marketing.direct',
    token: waiting.enrolmentToken,
  }
}, 60_000)

afterAll(async () => {
  await owner?.end()
  await app?.close()
})

function pathOf(route: Route): string {
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => ofAna[name] ?? 'x')
  return path.startsWith('/staff/enrol') ? `${path}?token=${ofAna['token']}` : path
}

/** A digest of every row, but for what looking alone may move: when a session was last seen, and counts of requests. */
async function digest(): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'rate_limits' order by 1",
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const row = /sessions$/.test(name)
      ? "to_jsonb(t) - 'seen_at' - 'longest_pause' - 'payload' - 'expires_at' - 'expires_on'"
      : 'to_jsonb(t)'
    const { rows } = await owner.query(
      `select count(*) || ' ' || coalesce(md5(string_agg((${row})::text, ',' order by (${row})::text)), '') as sum from ${name} t`,
    )
    parts.push(`${name} ${rows[0].sum}`)
  }
  return parts.join('\n')
}

/** What a form of the route would be filled with, so that nothing but the lock keeps it from working. */
const filled: Readonly<Record<string, Record<string, string>>> = {
  'privacy-centre.edit-value.save': { value: 'Malicia' },
  'privacy-centre.permissions.save': { all: 'yes' },
  'privacy-centre.security.set-password': {
    current_password: personCalled('ana').password,
    new_password: 'otra-frase-muy-larga-del-ladron',
  },
  'sign-in.enter-password.answer': { password: personCalled('ana').password },
}

const byAddress = () => app.routes.filter(({ authority }) => authority === 'address')
const unsafe = () =>
  app.routes.filter(
    ({ method, caller, authority }) => method !== 'GET' && caller.who !== 'client' && authority !== 'address',
  )

async function send(route: Route, headers: Record<string, string>, token: string | undefined) {
  const path = pathOf(route)
  const json = route.body?.type === 'json'
  const fields = { ...filled[route.name], ...(token === undefined ? {} : { _csrf: token }) }
  return fetch(`${app.origin}${path}`, {
    method: route.method,
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      cookie: ana.cookieFor(path),
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(token === undefined ? {} : { 'x-csrf-token': token }),
      ...headers,
    },
    body: json ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
  })
}

describe('a form that another site sends in the name of a signed-in person (R109, VC24)', () => {
  const ours = { 'sec-fetch-site': 'same-origin' }
  const attacks: readonly (readonly [string, () => Record<string, string>, () => string | undefined])[] = [
    ['without a token', () => ({ ...ours, origin: app.origin }), () => undefined],
    ['with the token of another browser', () => ({ ...ours, origin: app.origin }), () => foreignToken],
    ['with an empty token', () => ({ ...ours, origin: app.origin }), () => ''],
    [
      'from another site',
      () => ({ 'sec-fetch-site': 'cross-site', origin: 'https://malo.example' }),
      () => ana.csrf,
    ],
    [
      'from a neighbour of the same site',
      () => ({ 'sec-fetch-site': 'same-site', origin: 'http://tienda.localhost' }),
      () => ana.csrf,
    ],
    ['typed in, as a browser would say', () => ({ 'sec-fetch-site': 'none' }), () => ana.csrf],
    [
      'with an origin that is not ours',
      () => ({ ...ours, origin: `${app.origin}.malo.example` }),
      () => ana.csrf,
    ],
    ['from an old browser in a hidden frame', () => ({ origin: 'null' }), () => ana.csrf],
    ['without any word about where it is from', () => ({}), () => ana.csrf],
  ]
  let foreignToken = ''

  it.each(attacks)('is refused by every route, and changes nothing: %s', async (_, headers, token) => {
    const other = new Visitor(app.origin)
    await other.open('/staff/sign-in')
    foreignToken = other.csrf
    expect(foreignToken).not.toBe(ana.csrf)
    expect(unsafe().length).toBeGreaterThan(30)
    const before = await digest()
    const let_in: string[] = []
    for (const route of unsafe()) {
      const answer = await send(route, headers(), token())
      const { code = '' } = (await answer.json().catch(() => ({}))) as { code?: string }
      const refused = answer.status === 403 && /^(cross-site-request|form-expired|cookie-missing)$/.test(code)
      if (!refused) let_in.push(`${route.name}: ${answer.status} ${code}`)
    }
    expect(let_in).toEqual([])
    expect(await digest()).toBe(before)
  })

  it('finds the doors without the lock, where no cookie is read and what is sent is all (RFC 8058 3.1)', async () => {
    expect(byAddress().map(({ name }) => name)).toEqual([
      'consent-links.confirm.answer',
      'consent-links.withdraw.answer',
      'privacy-centre.request-not-mine.answer',
      'kiosk.enrol-terminal',
      'kiosk.help',
      'consent-links.call.answer',
      'consent-links.call.not-mine',
      'store.finish.answer',
      'store.finish.confirm',
      'store.finish.not-me',
      'store.begin.open',
      'store.answers.save',
    ])
    const before = await digest()
    for (const route of byAddress()) {
      for (const cookie of [ana.cookieFor(pathOf(route)), '']) {
        const answer = await send(route, { origin: 'https://malo.example', cookie }, undefined)
        expect([route.name, answer.status, answer.headers.has('set-cookie')]).toEqual([
          route.name,
          /^kiosk\./.test(route.name) ? 422 : 410,
          false,
        ])
      }
    }
    expect(await digest()).toBe(before)
  })

  it('cannot sign her out of the engine either, and its page asks her first (R34)', async () => {
    const asks = await ana.ask('/oidc/session/end')
    expect(asks.status).toBe(200)
    for (const xsrf of ['', 'x'.repeat(40)]) {
      const answer = await ana.ask('/oidc/session/end/confirm', {
        method: 'POST',
        headers: { origin: 'https://malo.example', 'sec-fetch-site': 'cross-site' },
        body: new URLSearchParams({ xsrf, logout: 'yes' }),
      })
      expect(answer.status).toBe(400)
    }
    expect((await ana.ask('/privacy/permissions')).status).toBe(200)
  })

  it('would have worked with her own token: the lock is what kept it out', async () => {
    const before = await digest()
    const route = app.routes.find(({ name }) => name === 'privacy-centre.edit-value.save')!
    const page = await ana.open(pathOf(app.routes.find(({ name }) => name === 'privacy-centre.edit-value')!))
    const field = /<input[^>]+name="(?!_csrf)([^"]+)"/.exec(page.text)?.[1] ?? ''
    const saved = await ana.submit(pathOf(route), { [field]: 'Anabel' })
    expect(saved.status).toBe(200)
    expect(await digest()).not.toBe(before)
  })
})

describe('looking', () => {
  it('changes nothing: no page of the house has an effect by being opened (R71, R109)', async () => {
    const before = await digest()
    for (const route of app.routes.filter(({ method }) => method === 'GET')) await ana.ask(pathOf(route))
    const after = await digest()
    expect(after.split('\n').filter((line) => !before.includes(line))).toEqual([])
  })
})

/** Statuses of the guard, which a route does not declare. */
const ofTheGuard = [401, 403, 404, 410, 422, 429]

describe('every answer', () => {
  /** The pages that register a worker may make the address of that one, and every page else no script at all. */
  const makesScript: Readonly<Record<string, string>> = {
    'privacy-centre.notifications': 'placet-push',
    'kiosk.sign-in': 'placet-kiosk',
  }

  const checkHeaders = (name: string, headers: Headers, html: boolean) => {
    const csp = headers.get('content-security-policy') ?? ''
    for (const directive of [
      "default-src 'none'",
      "style-src 'self'",
      "connect-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      // Who is not signed in is shown another page in its place.
      ...(csp.includes(`trusted-types ${makesScript[name]}`) ? [] : ["trusted-types 'none'"]),
    ])
      expect(csp.split(';'), `${name}: ${directive}`).toContain(directive)
    expect(csp, name).not.toMatch(/unsafe|\*|https?:/)
    expect(headers.get('referrer-policy'), name).toBe('no-referrer')
    expect(headers.get('x-content-type-options'), name).toBe('nosniff')
    expect(headers.get('cross-origin-opener-policy'), name).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy'), name).toBe('same-origin')
    expect(headers.get('permissions-policy'), name).toContain('publickey-credentials-get=(self)')
    expect(headers.get('access-control-allow-origin'), name).toBeNull()
    expect(headers.has('x-powered-by'), name).toBe(false)
    if (html) expect(headers.get('cache-control'), name).toContain('no-store')
  }

  const checkPage = (name: string, text: string) => {
    const $ = load(text)
    expect($('script:not([src])').length, `${name}: inline script`).toBe(0)
    expect($('style, [style]').length, `${name}: inline style`).toBe(0)
    expect($('base, iframe, object, embed').length, `${name}: frames`).toBe(0)
    for (const element of $('*').toArray()) {
      const attributes = 'attribs' in element ? Object.entries(element.attribs) : []
      for (const [attribute, value] of attributes) {
        expect(attribute, `${name}: handler`).not.toMatch(/^on/)
        const loads = /^(src|srcset|action|formaction|data-options)$/.test(attribute)
        const isLink = 'name' in element && element.name === 'link' && attribute === 'href'
        const address = value.startsWith(`${app.origin}/`) ? value.slice(app.origin.length) : value
        if (loads || isLink) expect(address, `${name}: ${attribute}`).toMatch(/^(\/(?!\/)|data:image)|^$/)
        expect(value, `${name}: ${attribute}`).not.toMatch(/^\s*javascript:/i)
      }
    }
    expect($('title').text(), `${name}: title`).not.toBe('')
    expect($('html').attr('lang'), `${name}: language`).toMatch(/^(es|en)$/)
  }

  it.each([
    ['to nobody', () => new Visitor(app.origin)],
    ['to somebody signed in as customer and staff', () => ana],
  ])(
    'has a declared status, the headers, and nothing inline or from elsewhere: %s (R13, R107, R110, R111)',
    async (_, visitor) => {
      let pages = 0
      const files: string[] = []
      for (const route of app.routes.filter(({ method }) => method === 'GET')) {
        const seen = await visitor().ask(pathOf(route))
        const declared = [...route.answers, ...ofTheGuard, 303]
        expect(declared, `${route.name} answered ${seen.status}`).toContain(seen.status)
        const html = seen.headers.get('content-type')?.startsWith('text/html') === true
        checkHeaders(route.name, seen.headers, html)
        if (!html || seen.text === '') continue
        if (/^attachment\b/.test(seen.headers.get('content-disposition') ?? '')) {
          // A file to keep: it carries its own policy, and never opens as a page of ours.
          files.push(route.name)
          continue
        }
        pages += 1
        checkPage(route.name, seen.text)
      }
      expect(pages).toBeGreaterThan(10)
      expect(files).toEqual(['verifier.saved'])
    },
  )

  it('of the engine has them too: its errors, its sign-out, and the page after it', async () => {
    const visitor = new Visitor(app.origin)
    await tokensFor(app.origin, visitor, relyingParty(app, 'tienda-norte-web'), personCalled('bruno'))
    const asks = await visitor.ask('/oidc/session/end')
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(asks.text)?.[1] ?? ''
    const left = await visitor.ask('/oidc/session/end/confirm', {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    })
    expect(left.status).toBe(303)
    const pages = {
      'sign out': asks,
      'signed out': await visitor.open(left.headers.get('location')!),
      'unknown client': await visitor.ask('/oidc/auth?client_id=nobody'),
      'bad redirect': await visitor.ask(
        '/oidc/auth?client_id=tienda-norte-web&redirect_uri=https://malo.example',
      ),
      'unknown path': await visitor.ask('/oidc/nowhere'),
      'not here': await visitor.ask('/no/such/page'),
    }
    for (const [name, seen] of Object.entries(pages)) {
      expect(seen.headers.get('content-type'), name).toMatch(/^text\/html/)
      expect(seen.headers.get('location'), name).toBeNull()
      checkHeaders(name, seen.headers, true)
      checkPage(name, seen.text)
    }
    expect(pages['unknown client'].status).toBe(400)
  })

  it('that goes elsewhere goes by 303 alone (R12)', async () => {
    const statuses = new Set<number>()
    for (const route of app.routes.filter(({ method }) => method === 'GET'))
      statuses.add((await new Visitor(app.origin).ask(pathOf(route))).status)
    expect([...statuses].filter((status) => status >= 300 && status < 400)).toEqual([303])
  })
})
