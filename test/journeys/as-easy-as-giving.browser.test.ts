import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { optOutFor, recordChoices } from '../../src/features/consent/index.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import {
  type CustomerSite,
  openCustomerSite,
  sessionCookie,
} from '../channels/privacy-centre/customer-site.ts'
import { evidence, house } from '../features/consent/consent-house.ts'
import { launchBrowser } from '../support/browser.ts'

let site: CustomerSite
let browser: Browser
beforeAll(async () => {
  site = await openCustomerSite()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})
afterEach(() => expect(site.failures).toEqual([]))

/** What a person did: what they pressed, and the pages they went through. */
interface Steps {
  presses: number
  pages: number
}

/** A browser in which somebody is signed in, or nobody, that counts every step. */
async function counting(subjectId?: SubjectId, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'es-ES', reducedMotion: 'reduce', ...options })
  if (subjectId !== undefined) {
    await context.addCookies([{ name: sessionCookie, value: subjectId, url: site.origin }])
  }
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const steps: Steps = { presses: 0, pages: 0 }
  const wrong: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text())
  })
  page.on('framenavigated', () => {
    steps.pages += 1
  })
  const press = async (selector: string) => {
    steps.presses += 1
    await page.click(selector)
    await page.waitForLoadState()
  }
  return {
    page,
    steps,
    wrong,
    press,
    close: () => context.close(),
    open: (path: string) => page.goto(new URL(path, site.origin).href),
  }
}

const said = async (subjectId: SubjectId) =>
  site.norte
    .owner('consent_events')
    .where('subject_id', subjectId)
    .orderBy(['occurred_at', 'event_id'])
    .pluck('type')

const label = (channel: string, answer: 'yes' | 'no') =>
  `label:has(input[name="choice.marketing.direct.${channel}"][value=${answer}])`
const save = 'button[name=decide][value=save]'
const title = (page: Page) => page.locator('h1').textContent()

/** One answer by one channel, from the landing page to the page that says it is done. */
async function answering(subjectId: SubjectId, answer: 'yes' | 'no', options?: BrowserContextOptions) {
  const visit = await counting(subjectId, options)
  await visit.open('/privacy')
  await visit.press('a[href="/privacy/permissions"] >> nth=-1')
  await visit.press(label('email', answer))
  await visit.press(save)
  expect(await visit.page.locator('a[href^="/privacy/receipts/"]').count()).toBe(1)
  expect(visit.wrong).toEqual([])
  await visit.close()
  return visit.steps
}

describe.each<[string, BrowserContextOptions]>([
  ['on a telephone', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ['without script', { javaScriptEnabled: false }],
])('Taking a yes back %s', (where, options) => {
  it('takes no more presses and no more pages than giving it (GDPR 7(3))', async () => {
    const subjectId = await site.norte.register(`Ana${where.length}`)
    const giving = await answering(subjectId, 'yes', options)
    site.norte.pass(1000)
    const withdrawing = await answering(subjectId, 'no', options)
    expect(await said(subjectId)).toEqual(['given', 'withdrawn'])
    expect(giving).toEqual({ presses: 3, pages: 3 })
    expect(withdrawing.presses).toBeLessThanOrEqual(giving.presses)
    expect(withdrawing.pages).toBeLessThanOrEqual(giving.pages)
  })

  it('from a message takes one press, and no sign-in', async () => {
    const subjectId = await site.norte.register(`Bruno${where.length}`)
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    site.norte.pass(1000)
    const { href } = optOutFor(
      { issuer: new URL(site.origin), sealedTokens: site.sealedTokens, now: site.norte.clock.now() },
      { subjectId, ...house, purpose: 'marketing.direct', contactChannel: 'email' },
    )
    const visit = await counting(undefined, options)
    await visit.open(new URL(href).pathname)
    // Opening it, as a mail scanner would, takes nothing back.
    expect(await said(subjectId)).toEqual(['given'])
    await visit.press('main form button')
    expect(await title(visit.page)).toBe('Hecho: lo hemos parado')
    expect(visit.steps).toEqual({ presses: 1, pages: 2 })
    expect(await said(subjectId)).toEqual(['given', 'withdrawn'])
    expect(visit.wrong).toEqual([])
    await visit.close()
  })
})

describe('Everything at once', () => {
  it.each(['/privacy/permissions', 'prompt'])('takes one press for yes and one for no: %s', async (where) => {
    const steps: Steps[] = []
    for (const answer of ['yes', 'no'] as const) {
      const subjectId = await site.norte.register(`Carmen${answer}${where.length}`)
      const path = where === 'prompt' ? `/sign-in/${site.interaction(subjectId)}/preferences` : where
      const visit = await counting(subjectId)
      await visit.open(path)
      await visit.press(`button[name=all][value=${answer}]`)
      expect(new Set(await said(subjectId))).toEqual(new Set([answer === 'yes' ? 'given' : 'refused']))
      steps.push(visit.steps)
      await visit.close()
    }
    expect(steps[0]).toEqual(steps[1])
    expect(steps[0]?.presses).toBe(1)
  })

  it('leaving it for later is one press too, and leads on', async () => {
    const subjectId = await site.norte.register('Diego')
    const visit = await counting(subjectId)
    await visit.open(`/sign-in/${site.interaction(subjectId)}/preferences`)
    await visit.page.route('**/oidc/auth/**', (route) => route.fulfill({ status: 200, body: 'shop' }))
    await visit.press('button[name=decide][value=later]')
    expect(visit.steps.presses).toBe(1)
    expect(await said(subjectId)).toEqual(['deferred', 'deferred', 'deferred'])
    await visit.close()
  })
})

describe('With the keyboard alone', () => {
  /** Goes on with the tabulator until the wanted control has the focus; says how many presses that took. */
  async function tabTo(page: Page, selector: string): Promise<number> {
    for (let presses = 1; presses <= 60; presses += 1) {
      await page.keyboard.press('Tab')
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) {
        return presses
      }
    }
    throw new Error(`${selector} is not reached`)
  }

  it('an answer given elsewhere meanwhile is read first, and decided anew', async () => {
    const subjectId = await site.norte.register('Elena')
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    site.norte.pass(1000)
    const visit = await counting(subjectId, { viewport: { width: 320, height: 640 } })
    const { page } = visit
    await visit.open('/privacy/permissions')
    await recordChoices(
      site.norte.parts,
      site.norte.command(subjectId, [site.norte.choice('marketing.direct', 'email', 'no')], {
        evidence: { ...evidence, channel: 'store', surface: 'tablet' },
      }),
    )
    site.norte.pass(120_000)
    await tabTo(page, 'input[name="choice.marketing.direct.sms"]')
    await page.keyboard.press('Space')
    await tabTo(page, save)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#error-summary')
    // The focus is on what has to be read.
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('error-summary')
    expect(await page.locator('.choice__news').textContent()).toContain('en tienda, hace 2 minutos')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    expect(await said(subjectId)).toEqual(['given', 'withdrawn'])
    await tabTo(page, save)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/saved/**')
    expect(await said(subjectId)).toEqual(['given', 'withdrawn', 'given'])
    await visit.close()
  })

  it('yes and no are as far from each other as from everything else: one arrow', async () => {
    const subjectId = await site.norte.register('Fatima')
    const visit = await counting(subjectId)
    await visit.open('/privacy/permissions')
    const name = 'choice.marketing.direct.email'
    await tabTo(visit.page, `input[name="${name}"]`)
    await visit.page.keyboard.press('Space')
    expect(await visit.page.isChecked(`input[name="${name}"][value=yes]`)).toBe(true)
    await visit.page.keyboard.press('ArrowRight')
    expect(await visit.page.isChecked(`input[name="${name}"][value=no]`)).toBe(true)
    await visit.close()
  })
})
