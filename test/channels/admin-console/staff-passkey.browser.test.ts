import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { type Console, startConsole } from './console-app.ts'

let house: Console
let browser: Browser
let context: BrowserContext
let page: Page
/** What the browser complained about: a blocked script, style or form among them. */
const complaints: string[] = []

beforeAll(async () => {
  ;[house, browser] = await Promise.all([startConsole(), launchBrowser()])
})
afterAll(async () => {
  await browser.close()
  await house.stop()
})
beforeEach(async () => {
  context = await browser.newContext({ locale: 'es-ES' })
  page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})
afterEach(() => context.close())

/** An authenticator in the browser; one that cannot verify the person stands for a found or borrowed key. */
async function plugIn(isUserVerified = true) {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })
}

const link = async (login: string) => {
  const { enrolmentToken } = await house.hire(login, { role: 'admin', touchpointId: undefined })
  return `${house.origin}/staff/enrol?token=${enrolmentToken}`
}

test('Ana makes a passkey with her link, signs in with it and signs out, in a real browser (R74, R75, R110)', async () => {
  await plugIn()
  await page.goto(await link('ana'))
  await page.getByRole('button', { name: 'Crear llave de acceso' }).click()
  await page.waitForURL('**/staff/sign-in?done=passkey-added')
  await page.getByText('Hemos guardado tu llave de acceso.').waitFor()
  await page.getByRole('button', { name: 'Usar mi llave de acceso' }).click()
  await page.waitForURL('**/staff')
  await page.getByRole('heading', { name: 'Hola, ana' }).waitFor()
  await page.getByRole('button', { name: 'Cerrar sesión' }).click()
  await page.waitForURL('**/staff/sign-in?done=signed-out')
  await page.goto(`${house.origin}/staff`)
  expect(new URL(page.url()).pathname).toBe('/staff/sign-in')
  expect(complaints).toEqual([])
})

test('an authenticator that did not verify the person makes no passkey, and the link stays good (R74)', async () => {
  await plugIn(false)
  const address = await link('bruno')
  await page.goto(address)
  await page.getByRole('button', { name: 'Crear llave de acceso' }).click()
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor()
  expect(page.url()).toBe(address)
  await page.reload()
  await page.getByRole('button', { name: 'Crear llave de acceso' }).waitFor()
})
