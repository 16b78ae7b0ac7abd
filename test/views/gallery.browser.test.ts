import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gallery } from '../../views/gallery.ts'
import { problemsOn } from '../support/accessibility.ts'
import { launchBrowser } from '../support/browser.ts'
import { type GalleryServer, serveGallery } from './gallery-server.ts'

let server: GalleryServer
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  server = await serveGallery()
  browser = await launchBrowser()
  // Reduced motion, so that colours are measured at rest and not on their way.
  context = await browser.newContext({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' })
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** Everything that is folded away counts too. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
  })

/** What reaches past the right edge of a 320 px screen, and what is too small for a thumb (44 px). */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = []
    if (document.documentElement.scrollWidth > 320)
      found.push(`scrolls to ${document.documentElement.scrollWidth}`)
    for (const element of document.querySelectorAll('.button, .input, .yes-no label, summary, nav a')) {
      const { width, height } = element.getBoundingClientRect()
      if (width > 0 && (height < 43.5 || width < 43.5))
        found.push(`${element.outerHTML.slice(0, 80)} ${width}×${height}`)
    }
    return found
  })

describe('Every page at 320 px, light and dark, in every language', () => {
  it.each(gallery)(
    'has nothing for axe to find, fits and can be touched: $id',
    async ({ id, states }) => {
      const problems: string[] = []
      const page = await context.newPage()
      page.on('console', (message) => {
        if (/Content Security Policy|Trusted/i.test(message.text())) problems.push(message.text())
      })
      for (const state of states) {
        for (const language of ['es', 'en']) {
          await page.emulateMedia({ colorScheme: 'light' })
          await page.goto(server.address(id, state, language))
          await unfold(page)
          const found = [...(await problemsOn(page)), ...(await misfits(page))]
          // Colours are looked at in both schemes; the rest of a page does not change with them.
          await page.emulateMedia({ colorScheme: 'dark' })
          found.push(...(await problemsOn(page, 'color-contrast')).map((problem) => `dark: ${problem}`))
          problems.push(...found.map((problem) => `${state}, ${language}: ${problem}`))
        }
      }
      await page.close()
      expect(problems).toEqual([])
      // Four looks at each state, and the pages of consent have many.
    },
    240_000,
  )

  it('would notice: a pale text is found (negative control)', async () => {
    const page = await context.newPage()
    await page.goto(server.address('sign-in/identify', 'default', 'es'))
    await page.evaluate(() => document.querySelector('h1')?.setAttribute('class', 'pale'))
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('.pale { color: #ccc }')
      document.adoptedStyleSheets.push(sheet)
    })
    expect(String(await problemsOn(page))).toContain('color-contrast')
    await page.close()
  })
})

describe('Yes and no', () => {
  const looks = (page: Page, selector: string) =>
    page.evaluate((wanted) => {
      const compared = [
        'font',
        'color',
        'backgroundColor',
        'border',
        'padding',
        'margin',
        'opacity',
        'boxShadow',
        'textDecoration',
        'width',
        'height',
        'order',
      ] as const
      return [...document.querySelectorAll(wanted)].map((element) => {
        const style = getComputedStyle(element)
        return compared.map((name) => `${name}: ${style[name]}`).join('\n')
      })
    }, selector)

  /** What distinguishes the answers of each pair on a page, all of them unpressed and unfocused. */
  const unequal = (page: Page) =>
    page.evaluate(() => {
      const compared = [
        'font',
        'color',
        'backgroundColor',
        'border',
        'borderRadius',
        'padding',
        'margin',
        'opacity',
        'boxShadow',
        'textDecoration',
        'textTransform',
        'cursor',
        'visibility',
        'width',
        'height',
        'order',
      ] as const
      for (const radio of document.querySelectorAll<HTMLInputElement>('input:checked')) radio.checked = false
      ;(document.activeElement as HTMLElement | null)?.blur()
      const found: string[] = []
      let pairs = 0
      for (const group of document.querySelectorAll('[data-equal]')) {
        const answers = [...group.querySelectorAll<HTMLElement>('button, label')]
        if (answers.length !== 2) found.push(`${answers.length} answers in ${group.outerHTML.slice(0, 80)}`)
        pairs += 1
        const [yes, no] = answers.map((answer) =>
          [answer, ...answer.querySelectorAll<HTMLElement>('input')]
            .flatMap((element) => {
              const style = getComputedStyle(element)
              return [...compared.map((name) => `${name}: ${style[name]}`), element.className]
            })
            .join('\n'),
        )
        if (yes !== no) found.push(`${yes}\n≠\n${no}`)
      }
      return { pairs, found }
    })

  const asking = gallery.filter(({ states, render }) =>
    states.some((state) => render(state, 'es').includes('data-equal')),
  )

  it('stand side by side on every screen that asks for a consent', () => {
    expect(asking.map(({ id }) => id).sort()).toEqual([
      'agent-console/script',
      'consent-links/call',
      'consent-links/guardian',
      'kiosk/choices',
      'privacy-centre/permissions',
      'sign-in/authorize-client',
      'sign-in/preferences',
      'staff/purpose-preview',
      'store/answers',
      'store/finish',
    ])
  })

  it('look the same where a passkey is offered', async () => {
    const page = await context.newPage()
    await page.goto(server.address('sign-in/create-passkey', 'default', 'es'), { waitUntil: 'load' })
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const [yes, no, ...others] = await looks(page, '.stack--close > form > button')
    expect(yes).toBeDefined()
    expect(no).toBe(yes)
    expect(others).toEqual([])
    await page.close()
  })

  it.each(asking)(
    'look the same and are the same size in every state of $id',
    async ({ id, states, render }) => {
      const page = await context.newPage()
      let pairs = 0
      for (const state of states.filter((one) => render(one, 'es').includes('data-equal'))) {
        for (const colorScheme of ['light', 'dark'] as const) {
          for (const width of [320, 1280]) {
            await page.emulateMedia({ colorScheme })
            await page.setViewportSize({ width, height: 800 })
            await page.goto(server.address(id, state, width === 320 ? 'es' : 'en'), { waitUntil: 'load' })
            const looked = await unequal(page)
            expect(looked.found, `${state}, ${colorScheme}, ${width} px`).toEqual([])
            pairs += looked.pairs
          }
        }
      }
      expect(pairs).toBeGreaterThan(0)
      await page.close()
    },
  )

  it('would be seen to differ: a paler no is found (negative control)', async () => {
    const page = await context.newPage()
    await page.goto(server.address('sign-in/preferences', 'default', 'es'))
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('button[value=no] { opacity: 0.9 }')
      document.adoptedStyleSheets.push(sheet)
    })
    expect((await unequal(page)).found).toHaveLength(1)
    await page.close()
  })

  it('look the same once chosen, whichever was chosen', async () => {
    const page = await context.newPage()
    await page.goto(server.address('sign-in/preferences', 'default', 'es'))
    const names = ['choice.marketing.direct.email', 'choice.marketing.direct.sms']
    await page.check(`[name="${names[0]}"][value=yes]`)
    await page.check(`[name="${names[1]}"][value=no]`)
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    await page.mouse.move(0, 0)
    const [yes, no] = await looks(page, '.yes-no label:has(:checked)')
    expect(no).toBe(yes)
    await page.close()
  })
})
