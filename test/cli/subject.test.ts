import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCommandHouse } from '../../src/compose.ts'
import { recentAuditLines } from '../../src/features/audit/index.ts'
import { publishedSecret } from '../../src/platform/config/index.ts'
import {
  authorizationOf,
  codeFor,
  personCalled,
  pkce,
  post,
  type RelyingParty,
  relyingParty,
  tokensFor,
  userinfo,
  Visitor,
} from '../house/visitor.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { placet, urlOf } from './run-placet.ts'

let app: TestApp
let owner: pg.Pool
let shop: RelyingParty
beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = new pg.Pool({ ...app.database.connection, max: 1 })
  owner.on('error', () => {})
  shop = relyingParty(app, 'tienda-norte-web')
})
afterAll(async () => {
  await owner?.end()
  await app?.close()
})

const bruno = personCalled('bruno')
const run = (...args: string[]) =>
  placet([...args, '--json'], {
    env: {
      NODE_ENV: 'test',
      PLACET_ISSUER: app.origin,
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
      DATABASE_URL: urlOf(app.database.appConnection),
    },
    openHouse: openCommandHouse,
  })
const introspect = async (token: string) =>
  (await post(app.origin, '/oidc/introspect', shop, { token })).json() as Promise<{ active: boolean }>
const refresh = (token = '') =>
  post(app.origin, '/oidc/token', shop, { grant_type: 'refresh_token', refresh_token: token })
const countOf = async (table: string, subjectId: string) => {
  const { rows } = await owner.query(`select count(*)::int as rows from ${table} where subject_id = $1`, [
    subjectId,
  ])
  return rows[0].rows
}
const held = ['oidc_sessions', 'oidc_grants', 'oidc_tokens', 'oidc_authorizations']

describe('placet subject', () => {
  test('lock ends at once whatever Bruno has open, and no door lets him in; unlock opens them, to new sign-ins only (R31)', {
    timeout: 60_000,
  }, async () => {
    const browser = new Visitor(app.origin)
    const tokens = await tokensFor(app.origin, browser, shop, bruno)
    const pending = await codeFor(browser, shop, bruno)
    expect((await browser.ask('/privacy/permissions')).status).toBe(200)
    expect((await userinfo(app.origin, tokens.access_token)).status).toBe(200)
    expect(await introspect(tokens.access_token)).toMatchObject({ active: true })

    const locked = await run('subject', 'lock', bruno.email.toUpperCase(), '--reason', 'reported stolen')
    expect(locked.code, locked.err).toBe(0)
    const { subjectId, state } = locked.json()
    expect(state).toBe('locked')

    const refused = async () => {
      expect((await userinfo(app.origin, tokens.access_token)).status).toBe(401)
      expect(await introspect(tokens.access_token)).toEqual({ active: false })
      expect(await introspect(tokens.refresh_token ?? '')).toEqual({ active: false })
      expect((await refresh(tokens.refresh_token)).status).toBe(400)
      const redeemed = await post(app.origin, '/oidc/token', shop, {
        grant_type: 'authorization_code',
        code: pending.code,
        code_verifier: pending.verifier,
        redirect_uri: shop.redirectUri,
      })
      expect(redeemed.status).toBe(400)
      const silent = await browser.open(authorizationOf(shop, pkce().challenge, { prompt: 'none' }))
      expect(silent.url.searchParams.get('error')).toBe('login_required')
      expect((await browser.ask('/privacy/permissions')).status).toBe(303)
    }
    await refused()
    const again = await new Visitor(app.origin).signIn(authorizationOf(shop, pkce().challenge), bruno)
    expect(again.url.searchParams.get('code')).toBeNull()
    for (const table of held) expect(await countOf(table, subjectId), table).toBe(0)

    expect((await run('subject', 'unlock', subjectId, '--reason', 'he called')).json()).toEqual({
      subjectId,
      state: 'active',
    })
    // What was open before the lock stays ended; only a new sign-in opens anything.
    await refused()
    const anew = await tokensFor(app.origin, new Visitor(app.origin), shop, bruno)
    expect((await userinfo(app.origin, anew.access_token)).status).toBe(200)

    const lines = await recentAuditLines(app.house.platform.lanes.console, subjectId, 50)
    const story = lines
      .map(({ entry }) => entry)
      .filter((entry) => /lock|revoked/.test(String(entry['action'])))
      .reverse()
    expect(story.map((entry) => [entry['action'], entry['reason'], entry['actor']])).toEqual([
      ['subject.locked', 'reported stolen', 'system:cli'],
      ['oidc.everything-revoked', undefined, 'system:cli'],
      ['oidc.everything-revoked', undefined, 'system:cli'],
      ['subject.unlocked', 'he called', 'system:cli'],
    ])
  })

  test('lock asked for again ends what an interrupted lock left behind', async () => {
    const tokens = await tokensFor(app.origin, new Visitor(app.origin), shop, bruno)
    const first = await run('subject', 'lock', bruno.email, '--reason', 'first')
    const whose = first.json().subjectId
    // As if the first command had died between its two steps, and somebody had kept a token.
    await owner.query(`update subjects set state = 'active' where subject_id = $1`, [whose])
    const kept = await tokensFor(app.origin, new Visitor(app.origin), shop, bruno)
    await owner.query(`update subjects set state = 'locked' where subject_id = $1`, [whose])
    expect(await countOf('oidc_tokens', whose)).toBeGreaterThan(0)
    expect((await run('subject', 'lock', whose, '--reason', 'again')).code).toBe(0)
    for (const table of held) expect(await countOf(table, whose), table).toBe(0)
    await run('subject', 'unlock', whose, '--reason', 'over')
    for (const token of [tokens, kept]) {
      expect((await userinfo(app.origin, token.access_token)).status).toBe(401)
    }
  })

  test.each([
    ['nobody', 'lock', 'nadie@example.com', 'subject-unknown'],
    ['what is neither id nor address', 'lock', 'bruno', 'subject-unknown'],
    ['an id nobody has', 'lock', '0198c0de-0000-7000-8000-00000000ffff', 'subject-unknown'],
    ['an account that is open', 'unlock', 'bruno', 'subject-state'],
  ])('%s is refused in words: %s %s', async (_, to, whose, code) => {
    const answer = await run('subject', to, code === 'subject-state' ? bruno.email : whose, '--reason', 'x')
    expect(answer.code).toBe(1)
    expect(answer.json().error).toMatchObject({
      code,
      fix: expect.stringMatching(/^(Check the id|Only an active)/),
    })
  })

  test('asks for a reason', async () => {
    expect((await run('subject', 'lock', bruno.email)).code).toBe(2)
  })
})
