import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { demoAddresses } from '../../demo/addresses.ts'
import { launchBrowser } from '../../demo/journeys/launch-browser.ts'
import { outboxPage } from '../../demo/outbox/page.tsx'
import { people } from '../../demo/seed/people.ts'
import { tourPage } from '../../demo/tour/pages.tsx'
import { appHome } from '../../examples/native-app/pages.tsx'
import { subscribersPage } from '../../examples/newsletter/pages.tsx'
import type { Language } from '../../examples/sample/language.ts'
import { type SampleServer, serveSample } from '../../examples/sample/sample-server.ts'
import { shopAccount, shopHome, shopProblem } from '../../examples/shop/pages.tsx'
import { tillPage } from '../../examples/till/pages.tsx'
import { problemsOn } from '../support/accessibility.ts'

const addresses = demoAddresses(4400)
const links = { privacyCentre: `${addresses.issuer}/privacy`, newsletter: addresses.newsletter }
const claims = {
  sub: 'sAj0lV-7b6beb84e8d4-a9a1-7b6beb84e8d4-e67a-7918',
  given_name: 'María de los Ángeles',
  email: 'maria-de-los-angeles.fernandez-villaverde@correo-corporativo.example',
  email_verified: true,
  updated_at: 1_795_000_000,
}
const readAt = new Date('2026-11-22T10:15:30.250Z')
const subscriber = {
  sub: claims.sub,
  readAt,
  email: claims.email,
  firstName: claims.given_name,
  wayOut: { href: `${addresses.issuer}/withdraw/${'A'.repeat(240)}`, headers: {} },
  ended: false,
}
const mail = {
  from: 'hola@tiendanorte.example',
  recipients: [claims.email],
  subject: '123456 es tu código',
  kind: 'code-sign-in',
  headers: {},
  text: 'Escribe este código:\n\n123456\n\nhttp://localhost:4400/privacy/security',
  html: '',
  raw: '',
  at: readAt,
}

const withCard = (person: (typeof people)[number]) => ({
  ...person,
  phone: '+34600111222',
  card: '2938338503697',
})

/** Every page of the samples, with the longest things they may have to show. */
const pages: Readonly<Record<string, (language: Language) => string>> = {
  shop: (language) => shopHome({ language, path: '/', visitor: undefined, links }),
  'shop, signed in': (language) => shopHome({ language, path: '/', visitor: { claims }, links }),
  account: (language) => shopAccount({ language, path: '/account', visitor: { claims }, links }),
  'sign-in not finished': (language) =>
    shopProblem({ language, path: '/callback', visitor: undefined, links }, 'unfinished'),
  'newsletter, nobody': (language) =>
    subscribersPage({ language, subscribers: [], privacyCentre: links.privacyCentre }),
  newsletter: (language) =>
    subscribersPage({
      language,
      subscribers: [
        subscriber,
        { ...subscriber, sub: 'another', email: undefined, firstName: undefined },
        { ...subscriber, sub: 'third', email: undefined, firstName: undefined, ended: true },
      ],
      privacyCentre: links.privacyCentre,
    }),
  app: (language) => appHome({ language, claims, backHref: addresses.tour }),
  'app, not finished': (language) => appHome({ language, claims: undefined, backHref: undefined }),
  tour: (language) =>
    tourPage({ language, addresses }, people.map(withCard), {
      lastCode: { to: claims.email, code: '123456' },
      subscribers: 2,
      appUser: claims.given_name,
    }),
  till: (language) => tillPage({ language, screens: [{ key: 'ana', name: 'Ana' }] }),
  'till, a card': (language) =>
    tillPage({
      language,
      card: '2938338503697',
      seen: { level: 'L1', attributes: { loyalty_points: 1_234_567, loyalty_tier: 'oro' }, offers: [] },
    }),
  'till, a person': (language) =>
    tillPage({
      language,
      seen: {
        level: 'L3',
        attributes: { given_name: claims.given_name },
        offers: ['personalisation.onsite'],
      },
    }),
  'till, a code on its way': (language) =>
    tillPage({ language, card: '2938338503697', ref: 'bGv0T5m2Q1yq9wX7', problem: 'till-code-wrong' }),
  outbox: (language) => outboxPage({ language, addresses }, [mail], false),
  'outbox, empty': (language) => outboxPage({ language, addresses }, [], false),
}

let server: SampleServer
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  server = await serveSample('http://localhost', 0, async ({ url, language }) => {
    const html = pages[url.searchParams.get('page') ?? '']?.(language)
    return html === undefined ? { status: 404, text: 'none' } : { html }
  })
  browser = await launchBrowser()
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    reducedMotion: 'reduce',
  })
  page = await context.newPage()
  page.on('console', (message) => complaints.push(message.text()))
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function problemsHere(): Promise<string[]> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  return [...(await problemsOn(page)), ...(width > 320 ? [`scrolls to ${width}`] : [])]
}

describe('The pages of the samples, at 320 px, in both languages and colour schemes', () => {
  it.each(Object.keys(pages))(
    'have nothing for axe to find, fit, and stay within their policy: %s',
    async (name) => {
      for (const language of ['es', 'en']) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await page.goto(
            `http://localhost:${server.port}/?page=${encodeURIComponent(name)}&lang=${language}`,
          )
          expect(await page.locator('html').getAttribute('lang')).toBe(language)
          expect(await problemsHere(), `${language}, ${colorScheme}`).toEqual([])
        }
      }
      expect(complaints).toEqual([])
    },
  )

  it('would notice: a style written into the page is refused and heard of (negative control)', async () => {
    await page.goto(`http://localhost:${server.port}/?page=shop`)
    await page.evaluate(() => document.querySelector('h1')?.setAttribute('style', 'color: #eee'))
    expect(complaints.some((text) => text.includes('Content Security Policy'))).toBe(true)
  })
})
