import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type GalleryServer, serveGallery } from './gallery-server.ts'

/*
 * A real browser with the policy of the page. Chromium without a screen lets nobody show notifications and knows no push
 * service, so its part ends where it refuses to subscribe.
 */
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
  await page.route('**/__gallery/**', async (route) => {
    const response = await route.fetch()
    const policy = response.headers()['content-security-policy']
    await route.fulfill({
      response,
      headers: { ...response.headers(), 'content-security-policy': `${policy}; trusted-types placet-push` },
    })
  })
  await page.addInitScript(() => {
    const asked: string[] = []
    Reflect.set(window, 'asked', asked)
    const { requestPermission } = Notification
    Notification.requestPermission = () => {
      asked.push('permission')
      return requestPermission.call(Notification)
    }
  })
})
afterEach(() => context.close())
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const asked = () => page.evaluate(() => Reflect.get(window, 'asked') as string[])
const open = () => page.goto(server.address('privacy-centre/notifications', 'default', 'es'))
const told = () => page.locator('form[data-push-key] [role=status]')

describe('turning notifications on in a browser', () => {
  it('asks for permission when the button was pressed and not before, and says so when it is refused', async () => {
    await open()
    const button = page.getByRole('button', { name: 'Activar avisos aquí' })
    await button.waitFor()
    expect(await asked()).toEqual([])
    await button.click()
    await told().getByText('no deja que te mostremos avisos').waitFor()
    expect(await asked()).toEqual(['permission'])
  })

  it('registers the one worker under the page’s policy, which controls no page; no other can be named (R110)', async () => {
    await page.addInitScript(() => {
      Notification.requestPermission = async () => 'granted'
    })
    await open()
    await page.getByRole('button', { name: 'Activar avisos aquí' }).click()
    await told()
      .getByText(/No hemos podido|no deja/)
      .waitFor()
    const found = await page.evaluate(async () => {
      const [registration] = await navigator.serviceWorker.getRegistrations()
      const refused: string[] = []
      const attempts = [
        () => navigator.serviceWorker.register('/assets/countdown.js'),
        async () => Reflect.get(window, 'trustedTypes').createPolicy('placet-push', {}),
        async () => Reflect.get(window, 'trustedTypes').createPolicy('mine', {}),
      ]
      for (const attempt of attempts) {
        await attempt().catch((error: Error) => refused.push(error.name))
      }
      const controlled = navigator.serviceWorker.controller !== null
      return { scope: registration?.scope, script: registration?.active?.scriptURL, controlled, refused }
    })
    expect(found).toEqual({
      scope: `${server.origin}/assets/push/`,
      script: `${server.origin}/assets/push-worker.js`,
      controlled: false,
      refused: ['TypeError', 'TypeError', 'TypeError'],
    })
  })
})
