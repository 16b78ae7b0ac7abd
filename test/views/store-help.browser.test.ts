import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type GalleryServer, serveGallery } from './gallery-server.ts'

/* The page of a shop's staff, left open on a counter while somebody at a kiosk asks for a person. */
let server: GalleryServer
let browser: Browser
let context: BrowserContext
let page: Page
/** What the house shows when the page looks again. */
let state = 'default'
let looked = 0

beforeAll(async () => {
  server = await serveGallery()
  browser = await launchBrowser()
})
beforeEach(async () => {
  context = await browser.newContext()
  page = await context.newPage()
  await page.clock.install()
  looked = 0
  await page.route('**/staff/store/help', async (route) => {
    looked += 1
    if (state === 'no connection') return route.abort()
    if (state === 'broken')
      return route.fulfill({ status: 503, contentType: 'text/html', body: '<p>503</p>' })
    await route.fulfill({ response: await route.fetch({ url: address(state) }) })
  })
})
afterEach(() => context.close())
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const address = (which: string) => server.address('store/home', which, 'es')
const told = () => page.locator('[data-help-told]')
const looksAgain = async () => {
  const before = looked
  await page.clock.runFor(15_500)
  await expect.poll(() => looked).toBeGreaterThan(before)
}

describe('The page of a shop’s staff, left open', () => {
  it('shows who asks for help without being touched, in its list, to a screen reader and in its name', async () => {
    await page.goto(address('nobody asks for help'))
    expect(await told().textContent()).toBe('Nadie pide ayuda ahora.')
    expect(await told().getAttribute('aria-live')).toBe('polite')
    // The very region that stands there changes; one that was replaced would tell nothing.
    const region = await told().elementHandle()
    state = 'default'
    await looksAgain()
    await page.getByRole('button', { name: 'Voy yo: Quiosco 3, Tienda Gran Vía' }).waitFor()
    expect(await region?.evaluate((one) => one.isConnected && one.textContent)).toBe(
      'Piden ayuda en: Quiosco 3, Tienda Gran Vía',
    )
    await page.getByRole('button', { name: 'Hecho: Quiosco 4, Tienda Gran Vía' }).waitFor()
    expect(await page.title()).toContain('(1) Tienda')
    state = 'nobody asks for help'
    await looksAgain()
    await told().getByText('Nadie pide ayuda ahora.').waitFor()
    expect(await page.locator('button[name=say]').count()).toBe(0)
    expect(await page.title()).not.toContain('(')
  })

  it('leaves what is in use alone while nothing changed, and goes on after a connection that was away', async () => {
    await page.goto(address('default'))
    const button = page.getByRole('button', { name: 'Voy yo: Quiosco 3, Tienda Gran Vía' })
    await button.focus()
    for (const next of ['default', 'no connection', 'broken', 'default']) {
      state = next
      await looksAgain()
    }
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(looked).toBe(4)
  })
})
