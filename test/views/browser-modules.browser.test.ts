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
})
afterEach(() => context.close())
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const open = (id: string, state = 'default', target = page) => target.goto(server.address(id, state, 'es'))
const base64url = (text: string) => Buffer.from(text).toString('base64url')

/** A device with a screen lock, as Chromium's tools simulate it. */
async function withAuthenticator(target: Page) {
  const session = await target.context().newCDPSession(target)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const creationOptions = {
  rp: { id: 'localhost', name: 'Tienda Norte' },
  user: { id: base64url('ana'), name: 'ana@ejemplo.com', displayName: 'Ana' },
  challenge: base64url('challenge'),
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
}
const requestOptions = { rpId: 'localhost', challenge: base64url('challenge'), userVerification: 'required' }

/** Plays the server: hands out options, keeps what is posted. */
async function playServer(target: Page, options: object) {
  const posted: { response?: string; csrf?: string; header?: string }[] = []
  await target.route('**/passkey/options', (route) => {
    posted.push({ header: route.request().headers()['x-csrf-token'] ?? '' })
    return route.fulfill({ json: options })
  })
  await target.route('**/example/passkey', (route) => {
    const form = new URLSearchParams(route.request().postData() ?? '')
    posted.push({ response: form.get('response') ?? '', csrf: form.get('_csrf') ?? '' })
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Hecho</title>' })
  })
  return posted
}

describe('Passkeys in the browser', () => {
  async function createOne() {
    await playServer(page, creationOptions)
    await open('sign-in/create-passkey')
    await page.click('form[data-passkey=create] button')
    await page.waitForURL('**/example/passkey')
    await page.unrouteAll()
  }

  it('let Ana create one, and post it with the CSRF token', async () => {
    await withAuthenticator(page)
    const posted = await playServer(page, creationOptions)
    await open('sign-in/create-passkey')
    await page.click('form[data-passkey=create] button')
    await page.waitForURL('**/example/passkey')
    expect(posted[0]?.header).toBe('example-token')
    const { response, csrf } = posted.at(-1) ?? {}
    expect(csrf).toBe('example-token')
    expect(JSON.parse(response ?? '')).toMatchObject({
      type: 'public-key',
      response: { transports: ['internal'] },
    })
  })

  it('let her sign in from the field, without a button', async () => {
    await withAuthenticator(page)
    await createOne()
    const posted = await playServer(page, requestOptions)
    await open('sign-in/identify')
    await page.waitForURL('**/example/passkey')
    expect(JSON.parse(posted.at(-1)?.response ?? '')).toMatchObject({
      response: { userHandle: base64url('ana') },
    })
  })

  it('let her sign in with the button, ending the offer in the field first', async () => {
    await withAuthenticator(page)
    await createOne()
    await page.addInitScript(() => {
      const real = CredentialsContainer.prototype.get
      CredentialsContainer.prototype.get = function (options) {
        if (Reflect.get(options ?? {}, 'mediation') !== 'conditional') return real.call(this, options)
        document.documentElement.dataset.offered = 'yes'
        return new Promise((_, reject) => {
          options?.signal?.addEventListener('abort', () => {
            sessionStorage.setItem('ended', 'yes')
            reject(new DOMException('aborted', 'AbortError'))
          })
        })
      }
    })
    const posted = await playServer(page, requestOptions)
    await open('sign-in/identify')
    await page.waitForSelector('html[data-offered]', { state: 'attached' })
    await page.click('form[data-passkey=sign-in] button')
    await page.waitForURL('**/example/passkey')
    expect(await page.evaluate(() => sessionStorage.getItem('ended'))).toBe('yes')
    expect(JSON.parse(posted.at(-1)?.response ?? '')).toMatchObject({
      response: { userHandle: base64url('ana') },
    })
  })

  it('say quietly what happened when she cancels, and let her try again', async () => {
    await page.addInitScript(() => {
      const cancel = () => Promise.reject(new DOMException('cancelled', 'NotAllowedError'))
      CredentialsContainer.prototype.create = cancel
    })
    await playServer(page, creationOptions)
    await open('sign-in/create-passkey')
    const button = page.locator('form[data-passkey=create] button')
    await button.click()
    const status = page.locator('form[data-passkey=create] [role=status]')
    await status.getByText('No se ha creado la llave').waitFor()
    await button.click()
    await status.getByText('No se ha creado la llave').waitFor()
  })

  it('do not hang when silent creation never answers', async () => {
    await page.addInitScript(() => {
      PublicKeyCredential.getClientCapabilities = () => Promise.resolve({ conditionalCreate: true })
      CredentialsContainer.prototype.create = (options) =>
        new Promise((_, reject) => {
          document.documentElement.dataset.mediation = String(Reflect.get(options ?? {}, 'mediation'))
          options?.signal?.addEventListener('abort', () => {
            document.documentElement.dataset.gaveUp = 'yes'
            reject(new DOMException('aborted', 'AbortError'))
          })
        })
    })
    await playServer(page, creationOptions)
    await open('sign-in/create-passkey', 'silent first')
    await page.waitForSelector('html[data-gave-up=yes]', { timeout: 6000, state: 'attached' })
    expect(await page.locator('html').getAttribute('data-mediation')).toBe('conditional')
    await expect(page.locator('form[data-passkey=create] button').isVisible()).resolves.toBe(true)
  })

  it('are not offered by a browser without them, which says how to go on', async () => {
    await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'))
    await open('sign-in/identify')
    await page.locator('[data-without-passkeys]').waitFor()
    expect(await page.locator('form[data-passkey]').isVisible()).toBe(false)
  })
})

describe('The other modules', () => {
  it('send a form once, however often the button is pressed', async () => {
    let sent = 0
    await page.route('**/__gallery/sign-in/create-account', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      sent += 1
      await new Promise((resolve) => setTimeout(resolve, 400))
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Hecho</title>' })
    })
    await open('sign-in/create-account')
    await page.fill('[name=email]', 'ana@ejemplo.com')
    const seen = await page.evaluate(async () => {
      const button = document.querySelector<HTMLButtonElement>('main form button')
      for (let presses = 0; presses < 3; presses += 1) button?.click()
      await new Promise((resolve) => setTimeout(resolve, 50))
      return { busy: button?.getAttribute('aria-busy'), words: button?.textContent }
    })
    expect(seen).toEqual({ busy: 'true', words: 'Enviando…' })
    await page.waitForFunction(() => document.title === 'Hecho')
    expect(sent).toBe(1)
  })

  it('keep the name of the pressed button in what is sent', async () => {
    let body = ''
    await page.route('**/__gallery/sign-in/preferences', (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      body = route.request().postData() ?? ''
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Hecho</title>' })
    })
    await open('sign-in/preferences')
    await page.click('button[name=all][value=no]')
    await page.waitForFunction(() => document.title === 'Hecho')
    const form = new URLSearchParams(body)
    expect(form.get('all')).toBe('no')
    expect(form.get('shown.marketing.direct.email')).toMatch(/^notice-marketing\|2\.1\.0\|es\|/)
    expect(form.has('choice.marketing.direct.email')).toBe(false)
  })

  it('move to the errors, and from there to the field', async () => {
    await open('sign-in/your-details', 'field errors')
    const focused = () => page.evaluate(() => document.activeElement?.id)
    expect(await focused()).toBe('error-summary')
    await page.click('#error-summary a[href="#phone"]')
    expect(await focused()).toBe('phone')
  })

  it('show and hide a password, and hide it before it is sent', async () => {
    await open('sign-in/enter-password')
    await page.fill('#password', 'tres palabras sueltas')
    await page.click('[data-show-password]')
    expect(await page.getAttribute('#password', 'type')).toBe('text')
    await page.evaluate(() =>
      document
        .querySelector('#password')
        ?.closest('form')
        ?.addEventListener('submit', (event) => event.preventDefault()),
    )
    await page.keyboard.press('Tab')
    await page.click('main form:has(#password) button[type=submit]')
    expect(await page.getAttribute('#password', 'type')).toBe('password')
  })

  it('count down to the next code, and then offer it', async () => {
    await page.clock.install()
    await open('sign-in/enter-code')
    expect(await page.locator('#resend').isVisible()).toBe(false)
    await page.clock.runFor(10_000)
    expect(await page.locator('[data-countdown]').textContent()).toContain('20 s')
    await page.clock.runFor(21_000)
    expect(await page.locator('#resend').isVisible()).toBe(true)
  })
})

describe('Without script', () => {
  it('every form can still be sent, and passkey pages say how to go on', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false })
    const bare = await plain.newPage()
    await open('sign-in/identify', 'default', bare)
    expect(await bare.locator('noscript').textContent()).toContain('Sigue con tu correo.')
    await open('sign-in/enter-code', 'default', bare)
    expect(await bare.locator('#resend button').isVisible()).toBe(true)
    await open('sign-in/preferences', 'default', bare)
    expect(await bare.locator('button[name=all]').count()).toBe(2)
    const moved = bare.waitForRequest('**/__gallery/landing')
    await open('sign-in/continuing', 'default', bare)
    await moved
    await plain.close()
  })
})
