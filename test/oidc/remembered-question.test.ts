import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createSealedTokens, deriveKeys } from '../../src/platform/crypto/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool } from './support/arrange.ts'
import { type Browser, openBrowser } from './support/browser.ts'
import { authorizeUrl, pkce, signIn } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

let database: TestDatabase
let house: House
let pool: pg.Pool
let ana: SubjectId

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  await arrangeClient(pool, { clientId: 'tienda-breve' })
  ana = await arrangeSubject(pool)
  house = await openHouse(database.appConnection)
})
afterAll(async () => {
  await house?.close()
  await pool?.end()
  await database?.drop()
})
beforeEach(() => {
  house.roundTrips.length = 0
})

const reads = () => house.roundTrips.filter((name) => name === 'oidc_interaction').length

/** Where the engine sends a browser that wants to sign in. */
async function asked(browser: Browser, more: Record<string, string> = {}, clientId = 'tienda-web') {
  const url = authorizeUrl(house.origin, { clientId, more }, pkce().challenge)
  const response = await browser.get(url)
  return { page: response.headers.get('location') ?? '', cookies: response.headers.getSetCookie() }
}
const questionOf = (cookies: readonly string[]) => cookies.find((one) => one.includes('placet_question='))
const login = (browser: Browser, page: string) =>
  browser.post(`${page}/login`, JSON.stringify({ subjectId: ana }))
const keyOf = (page: string) => `placet_question|${new URL(page).pathname}`

describe('what a sign-in is about', () => {
  const wishes = {
    acr_values: 'urn:placet:acr:passkey',
    ui_locales: 'es en',
    login_hint: 'ana@example.es',
    scope: 'openid email',
  }

  it('is told to its pages by the browser, word for word what the row would say', async () => {
    const browser = openBrowser()
    const { page } = await asked(browser, wishes)
    const told = await (await browser.get(page)).json()
    expect(reads()).toBe(0)
    browser.jar.delete(keyOf(page))
    const read = await (await browser.get(page)).json()
    expect(reads()).toBe(1)
    expect(told).toEqual(read)
    expect(told).toMatchObject({ prompt: 'login', acrNeeded: 'passkey', loginHint: 'ana@example.es' })
  })

  it('cannot be read or changed on the way, and is sent to its own pages only (R32)', async () => {
    const browser = openBrowser()
    const { page, cookies } = await asked(browser, wishes)
    const cookie = questionOf(cookies) ?? ''
    expect(cookie).toMatch(
      new RegExp(`; Path=${new URL(page).pathname}; HttpOnly; SameSite=Lax; Max-Age=1[78]\\d\\d$`),
    )
    const { value = '', path = '' } = browser.jar.get(keyOf(page)) ?? {}
    expect(Buffer.from(value, 'base64url').includes('ana@example.es')).toBe(false)
    const flipped = `${value.slice(0, 60)}${value[60] === 'A' ? 'B' : 'A'}${value.slice(61)}`
    browser.jar.set(keyOf(page), { value: flipped, path })
    expect(await (await browser.get(page)).json()).toMatchObject({ acrNeeded: 'passkey' })
    expect(reads(), 'the row is asked instead').toBe(1)
  })

  it('is worth nothing in another interaction, for another purpose, or without the cookie of the engine (R70, R73)', async () => {
    const [weak, strong] = [openBrowser(), openBrowser()]
    const easy = await asked(weak)
    const hard = await asked(strong, wishes)
    const { value = '' } = weak.jar.get(keyOf(easy.page)) ?? {}
    const { path = '' } = strong.jar.get(keyOf(hard.page)) ?? {}
    strong.jar.set(keyOf(hard.page), { value, path })
    expect(await (await strong.get(hard.page)).json()).toMatchObject({ acrNeeded: 'passkey' })
    const sealed = createSealedTokens(
      deriveKeys([Buffer.alloc(32, 7)]).all('sealed-tokens'),
      house.issuer,
    ).sealToken('sign-in-flow', { uid: path.split('/').at(-1) }, new Date(Date.now() + 60_000))
    strong.jar.set(keyOf(hard.page), { value: sealed, path })
    expect(await (await strong.get(hard.page)).json()).toMatchObject({ acrNeeded: 'passkey' })
    const thief = openBrowser()
    thief.jar.set(keyOf(easy.page), { value, path: new URL(easy.page).pathname })
    expect((await thief.get(easy.page)).status).toBe(410)
  })

  it('is kept apart for each of several tabs', async () => {
    const browser = openBrowser()
    const first = await asked(browser, { login_hint: 'uno@example.es' })
    const second = await asked(browser, { login_hint: 'dos@example.es' })
    expect(await (await browser.get(first.page)).json()).toMatchObject({ loginHint: 'uno@example.es' })
    expect(await (await browser.get(second.page)).json()).toMatchObject({ loginHint: 'dos@example.es' })
    expect(reads()).toBe(0)
  })

  it('is read from the row by every page when a client asks for more than a cookie holds', async () => {
    const browser = openBrowser()
    const names = Array.from({ length: 200 }, (_, at) => [`a_claim_with_a_name_${at}`, null])
    const { page, cookies } = await asked(browser, {
      ...wishes,
      claims: JSON.stringify({ userinfo: Object.fromEntries(names) }),
    })
    expect(questionOf(cookies)).toBeUndefined()
    for (const cookie of cookies) expect(cookie.length).toBeLessThan(4096)
    expect(await (await browser.get(page)).json()).toMatchObject({ acrNeeded: 'passkey' })
    expect(reads()).toBe(1)
    expect((await login(browser, page)).status).toBe(303)
  })
})

describe('what counts', () => {
  it('is the row: without it an answer is refused, whatever the browser remembers (R72)', async () => {
    const browser = openBrowser()
    const { page } = await asked(browser)
    await pool.query('delete from oidc_interactions')
    expect((await browser.get(page)).status, 'the page may still be looked at').toBe(200)
    const refused = await login(browser, page)
    expect(refused.status).toBe(410)
    expect(await refused.json()).toEqual({ code: 'interaction-expired' })
    expect((await browser.get(page)).status, 'and is forgotten').toBe(410)
  })

  it('is that it was not answered: afterwards the pages find the sign-in gone, in every tab', async () => {
    const browser = openBrowser()
    const { page } = await asked(browser)
    const { value = '', path = '' } = browser.jar.get(keyOf(page)) ?? {}
    const answered = await login(browser, page)
    expect(browser.jar.has(keyOf(page))).toBe(false)
    await browser.get(answered.headers.get('location') ?? '')
    expect((await browser.get(page)).status).toBe(410)
    browser.jar.set(keyOf(page), { value, path })
    expect((await login(browser, page)).status, 'an old copy helps nobody').toBe(410)
  })

  it('is whether the client is still one of the house', async () => {
    const browser = openBrowser()
    const { page } = await asked(browser, {}, 'tienda-breve')
    expect((await browser.get(page)).status).toBe(200)
    await pool.query(`delete from clients where client_id = 'tienda-breve'`)
    await house.oidc.reloadClients()
    expect((await browser.get(page)).status).toBe(410)
  })

  it('is whose session it is: with somebody signed in nothing is remembered, and an ended session ends the page', async () => {
    const { browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const { page, cookies } = await asked(browser, { prompt: 'login' })
    expect(questionOf(cookies)).toBeUndefined()
    expect(await (await browser.get(page)).json()).toMatchObject({ prompt: 'login', subjectId: ana })
    await house.oidc.sessions.endOthers(ana, 'none of these')
    expect((await browser.get(page)).status).toBe(410)
  })

  it('is every question but the first: purposes are read from the row', async () => {
    house.world.undecided = true
    try {
      const browser = openBrowser()
      const { prompts } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana }, browser)
      expect(prompts).toEqual(['login', 'purposes'])
      expect(reads()).toBe(1)
    } finally {
      house.world.undecided = false
    }
  })
})

it('has a name that only https may set, where there is https (R32)', async () => {
  const secure = await openHouse(database.appConnection, { issuer: 'https://id.tienda.example' })
  try {
    const url = authorizeUrl(secure.origin, { clientId: 'tienda-web' }, pkce().challenge)
    const answer = await openBrowser().get(url)
    expect(questionOf(answer.headers.getSetCookie())).toMatch(/^__Secure-placet_question=.*; Secure; /)
  } finally {
    await secure.close()
  }
})
