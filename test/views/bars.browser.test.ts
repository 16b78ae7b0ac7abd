import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type GalleryServer, serveGallery } from './gallery-server.ts'

/* What has to be at hand on every page, whatever the width and height of the screen. */
let server: GalleryServer
let browser: Browser
let page: Page

beforeAll(async () => {
  server = await serveGallery()
  browser = await launchBrowser()
  page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** True where all of it is on the screen as it stands, and nothing else lies over it. */
const isInSight = (selector: string) =>
  page.evaluate((wanted) => {
    const element = [...document.querySelectorAll(wanted)].find((one) => one.getClientRects().length > 0)
    if (element === undefined) return false
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    const { clientWidth, clientHeight } = document.documentElement
    const within = left >= 0 && top >= 0 && right <= clientWidth && bottom <= clientHeight
    return within && there !== null && (element === there || element.contains(there))
  }, selector)

describe('The menu of a console', () => {
  it.each([320, 768, 900, 1100, 1280])(
    'leaves the way out in sight at %i px, with as many rooms as an officer has',
    async (width) => {
      await page.setViewportSize({ width, height: 700 })
      for (const language of ['es', 'en']) {
        await page.goto(server.address('staff/purposes', 'default', language))
        expect(await isInSight('.sections__bar form button')).toBe(true)
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    },
  )

  it('wraps where somebody has more rooms than fit into a row', async () => {
    await page.setViewportSize({ width: 1100, height: 700 })
    await page.goto(server.address('staff/purposes', 'default', 'es'))
    await page.evaluate(() => {
      const list = document.querySelector('.sections__row ul')
      for (const room of [...(list?.children ?? [])]) list?.append(room.cloneNode(true))
    })
    expect(await isInSight('.sections__bar form button')).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1100)
  })
})

describe('Help at a kiosk', () => {
  it.each([
    ['kiosk/sign-in', 1100, 740],
    ['kiosk/sign-in', 900, 1200],
    ['kiosk/sign-in', 1080, 1920],
    ['kiosk/choices', 1100, 740],
    ['kiosk/choices', 900, 1200],
    ['kiosk/choices', 1080, 1920],
  ])('is in sight on %s at %i×%i, and nothing is left under it', async (id, width, height) => {
    await page.setViewportSize({ width, height })
    await page.goto(server.address(id, id === 'kiosk/sign-in' ? 'code' : 'default', 'es'))
    // The gallery has no terminal, whose script shows it.
    await page.evaluate(() => document.querySelector('[data-help]')?.removeAttribute('hidden'))
    expect(await isInSight('[data-help-press=raise]')).toBe(true)
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
    expect(await isInSight('[data-help-press=raise]')).toBe(true)
    const [bottom, top] = await page.evaluate(() => {
      const edge = (wanted: string) => document.querySelector(wanted)?.getBoundingClientRect()
      return [edge('main')?.bottom ?? 0, edge('[data-help]')?.top ?? 0]
    })
    expect(bottom).toBeLessThanOrEqual(top + 1)
    // Whoever goes through the page by keys sees where they are.
    for (const place of await page.locator('main :is(a, button, input, summary):visible').all()) {
      await place.focus()
      const covered = await place.evaluate(
        (one) =>
          one.getBoundingClientRect().bottom >
          (document.querySelector('[data-help]')?.getBoundingClientRect().top ?? 0) + 1,
      )
      expect(covered).toBe(false)
    }
  })
})
