import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type GalleryServer, serveGallery } from './gallery-server.ts'

let server: GalleryServer
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  server = await serveGallery()
  browser = await launchBrowser()
})
beforeEach(async () => {
  context = await browser.newContext()
  page = await context.newPage()
  await page.clock.install()
})
afterEach(() => context.close())
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const open = () => page.goto(server.address('privacy-centre/card', 'default', 'es'))
const drawing = () => page.locator('[data-loyalty-code] path').getAttribute('d')
const words = () => page.locator('[data-left]').textContent()

describe('The card on the customer’s screen', () => {
  it('draws the next code after half a minute without loading the page, and counts its seconds', async () => {
    let asked = 0
    await page.route('**/privacy/card/code', (route) => {
      asked += 1
      return route.fulfill({ json: { size: 49, path: `M${asked} 4h1v1h-1z`, good_for: 60 } })
    })
    await open()
    const first = await drawing()
    await page.clock.runFor(20_000)
    expect(await words()).toMatch(/\b(40|41)\b/)
    expect(await drawing()).toBe(first)
    await page.clock.runFor(11_000)
    await page.waitForFunction(
      () => document.querySelector('[data-loyalty-code] path')?.getAttribute('d') === 'M1 4h1v1h-1z',
    )
    await page.clock.runFor(1_000)
    expect(await words()).toMatch(/\b(58|59|60)\b/)
    expect(asked).toBe(1)
  })

  it('says without a connection that the code is over, and hides it, and the number stays', async () => {
    await page.route('**/privacy/card/code', (route) => route.abort())
    await open()
    await page.clock.runFor(45_000)
    expect(await page.locator('[data-loyalty-code] svg').getAttribute('visibility')).toBe('visible')
    await page.clock.runFor(16_000)
    expect(await page.locator('[data-loyalty-code] svg').getAttribute('visibility')).toBe('hidden')
    expect(await words()).toContain('No hay conexión')
    expect(await page.locator('.big-code').textContent()).toBe('2912 3456 7890 6')
  })

  it('is dark on white in a dark theme', async () => {
    await page.emulateMedia({ colorScheme: 'dark' })
    await open()
    const fills = await page
      .locator('[data-loyalty-code] svg')
      .evaluate((svg) =>
        ['rect', 'path'].map((name) => getComputedStyle(svg.querySelector(name) as Element).fill),
      )
    expect(fills).toEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  })
})
