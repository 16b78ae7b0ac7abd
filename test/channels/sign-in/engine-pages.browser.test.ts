import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  authorizationOf,
  personCalled,
  pkce,
  type RelyingParty,
  tokensFor,
  Visitor,
} from '../../house/visitor.ts'
import { registerClient } from '../../oidc/support/client-of-house.ts'
import { problemsOn } from '../../support/accessibility.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { launchBrowser } from '../../support/browser.ts'

let app: TestApp
let browser: Browser
let context: BrowserContext
let client: Server
let shop: RelyingParty
let club: RelyingParty
let arrived: { path: string; body: URLSearchParams }[] = []
let patience = 0
const complaints: string[] = []

const ana = personCalled('ana')

/** The client: takes its form, and goes on at another origin of its own, as shops do. */
const serveClient = () =>
  createServer((req, res) => {
    let text = ''
    req.on('data', (chunk) => {
      text += String(chunk)
    })
    req.on('end', () => {
      const url = new URL(req.url ?? '/', 'http://localhost')
      if (req.method === 'POST') arrived.push({ path: url.pathname, body: new URLSearchParams(text) })
      const { port } = client.address() as AddressInfo
      setTimeout(() => {
        if (url.pathname === '/callback') res.writeHead(303, { location: `http://127.0.0.1:${port}/account` })
        else
          res
            .writeHead(200, { 'content-type': 'text/html' })
            .write(`<title>shop</title><h1>${url.pathname}</h1>`)
        res.end()
      }, patience)
    })
  })

beforeAll(async () => {
  client = serveClient()
  await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve))
  const own = `http://shop.localhost:${(client.address() as AddressInfo).port}`
  ;[app, browser] = await Promise.all([startTestApp({ people: true }), launchBrowser()])
  shop = await registerClient(app, 'la-tienda', `${own}/callback`, {
    client_name: 'La Tienda',
    response_modes: ['query', 'form_post'],
    post_logout_redirect_uris: [`${own}/adios`],
  })
  club = await registerClient(app, 'el-club', `${own}/club`, { client_name: 'El Club' })
})
afterAll(async () => {
  await browser?.close()
  client?.closeAllConnections()
  client?.close()
  await app?.close()
})
beforeEach(() => {
  arrived = []
  patience = 0
  complaints.length = 0
})
afterEach(() => context?.close())

/** A phone in which Ana is signed in to both. */
async function phone(options: BrowserContextOptions = {}): Promise<{ page: Page; hint: string }> {
  const visitor = new Visitor(app.origin)
  await tokensFor(app.origin, visitor, club, ana)
  const { id_token: hint = '' } = await tokensFor(app.origin, visitor, shop, ana)
  context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    locale: 'es-ES',
    reducedMotion: 'reduce',
    ...options,
  })
  await context.addCookies(
    [...visitor.jar]
      .filter(([, { path }]) => path === '/')
      .map(([key, { value }]) => ({ name: key.split(' ')[0] ?? '', value, url: app.origin })),
  )
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy|Trusted/i.test(message.text()))
      complaints.push(message.text())
  })
  return { page, hint }
}

const inAForm = (more: Record<string, string> = {}) =>
  `${app.origin}${authorizationOf(shop, pkce().challenge, { response_mode: 'form_post', ...more })}`
const misfits = (page: Page) =>
  page.evaluate(() => {
    const small = [...document.querySelectorAll('.button')].filter(
      (one) => one.getBoundingClientRect().height < 43.5,
    )
    return [document.documentElement.scrollWidth > 320, small.length]
  })

describe('an answer in a form, in a real browser', () => {
  it('goes to the client by itself, once, and may be sent on from there to another origin', async () => {
    const { page } = await phone()
    await page.goto(inAForm(), { waitUntil: 'commit' })
    await page.waitForURL('**/account')
    expect(arrived).toHaveLength(1)
    expect([...(arrived[0]?.body.keys() ?? [])].sort()).toEqual(['code', 'iss', 'state'])
    expect(arrived[0]?.body.get('code')).not.toBe('')
    expect(complaints).toEqual([])
  })

  it.each([
    ['once: what is sent is sent', undefined, 1],
    ['twice without the guard (negative control)', '**/assets/submit-once.js', 2],
  ])(
    'goes out, when somebody presses the button while the client takes its time, %s',
    async (_, without, times) => {
      patience = 1_000
      const { page } = await phone()
      if (without !== undefined) await page.route(without, (route) => route.abort())
      await page.addInitScript(() =>
        addEventListener('load', () =>
          setTimeout(() => document.querySelector<HTMLElement>('form[data-send-on] button')?.click(), 300),
        ),
      )
      await page.goto(inAForm(), { waitUntil: 'commit' })
      await expect.poll(() => page.url(), { timeout: 15_000 }).toContain('/account')
      expect(arrived).toHaveLength(times)
    },
  )

  it('waits for the button where no script runs, can be sent with the keyboard, and fits a small phone', async () => {
    const { page } = await phone({ javaScriptEnabled: false })
    await page.goto(inAForm())
    expect(new URL(page.url()).origin).toBe(app.origin)
    expect(await page.locator('h1').textContent()).toBe('Volviendo a La Tienda')
    expect(await page.locator('main').textContent()).toContain('pulsa el botón')
    await page.locator('form button').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/account')
    expect(arrived).toHaveLength(1)
    expect(complaints).toEqual([])
  })

  it('has nothing for axe to find while it waits, light and dark', async () => {
    const { page } = await phone()
    await page.route('**/assets/send-on.js', (route) => route.abort())
    for (const language of ['es', 'en']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.goto(inAForm({ ui_locales: language }))
        expect(await misfits(page)).toEqual([false, 0])
        expect(await problemsOn(page)).toEqual([])
      }
    }
    expect(arrived).toEqual([])
  })
})

describe('the choice before signing out, in a real browser', () => {
  const signOut = (hint: string, language: string) => {
    const back = `${new URL(shop.redirectUri).origin}/adios`
    const query = { id_token_hint: hint, post_logout_redirect_uri: back, ui_locales: language }
    return `${app.origin}/oidc/session/end?${new URLSearchParams(query)}`
  }
  const look = (page: Page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('main form button')].map((one) => {
        const { font, color, backgroundColor, border, padding, margin, opacity, boxShadow, width, height } =
          getComputedStyle(one)
        return [
          font,
          color,
          backgroundColor,
          border,
          padding,
          margin,
          opacity,
          boxShadow,
          width,
          height,
        ].join()
      }),
    )

  it.each(['es', 'en'])('is between two of one look, at 320 px, light and dark (%s)', async (language) => {
    const { page, hint } = await phone()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(signOut(hint, language))
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      const [all, app_, ...others] = await look(page)
      expect(all).toBeDefined()
      expect(app_).toBe(all)
      expect(others).toEqual([])
      expect(await misfits(page)).toEqual([false, 0])
      expect(await problemsOn(page)).toEqual([])
    }
    expect(complaints).toEqual([])
  })

  it('is made with the keyboard and without script, and each end is what it says', async () => {
    const { page, hint } = await phone({ javaScriptEnabled: false })
    await page.goto(signOut(hint, 'es'))
    const only = page.getByRole('button', { name: 'Cerrar solo en La Tienda' })
    await page.getByRole('button', { name: 'Cerrar sesión en todo' }).focus()
    await page.keyboard.press('Tab')
    expect(await only.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/adios')
    await page.goto(`${app.origin}/privacy`)
    expect(await page.locator('h1').textContent()).toContain('Ana')

    await page.goto(signOut(hint, 'es'))
    await page.getByRole('button', { name: 'Cerrar sesión en todo' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/adios')
    await page.goto(`${app.origin}/privacy`)
    expect(new URL(page.url()).pathname).toMatch(/^\/sign-in\//)
  })
})
