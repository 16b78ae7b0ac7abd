import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Journey, Walk } from '../../demo/journeys/journey.ts'
import { giveAuthenticator, launchBrowser } from '../../demo/journeys/launch-browser.ts'
import { freePorts } from '../../demo/ports.ts'
import { type Demo, forgetDemo, startDemo } from '../../demo/start-demo.ts'
import type { Language } from '../../examples/sample/language.ts'
import { translator } from '../../views/page.tsx'

/** The demo as `npm run demo` starts it, on ports and in a directory of its own, and a browser in front of it. */
export interface Ground {
  readonly demo: Demo
  readonly browser: Browser
  close(): Promise<void>
}

export async function openGround(): Promise<Ground> {
  const directory = await mkdtemp(join(tmpdir(), 'placet-journey-'))
  const demo = await startDemo({ port: await freePorts(), directory, reset: false })
  const browser = await launchBrowser()
  return {
    demo,
    browser,
    close: async () => {
      await browser.close()
      await demo.close()
      await forgetDemo(directory)
    },
  }
}

/** What a stop of the journey must look like, by the stop's name. */
export type Looks = Readonly<Record<string, (page: Page) => Promise<void>>>

export interface Walked {
  readonly context: BrowserContext
  readonly page: Page
  /** Stops in the order they were reached, those without a look included. */
  readonly stops: readonly string[]
}

/** Anything a developer's console would show in red, a policy violation or a refused answer in the first place. */
function overhear(context: BrowserContext): readonly string[] {
  const heard: string[] = []
  context.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error' || /Content Security Policy|Trusted ?Type/i.test(message.text()))
      heard.push(`${message.type()}: ${message.text()} (${url})`)
  })
  context.on('weberror', (error) => heard.push(`uncaught: ${error.error().message}`))
  context.on('response', (response) => {
    if (response.status() >= 400) heard.push(`${response.status()} ${response.url()}`)
  })
  return heard
}

/** Walks a journey, looking at every stop, and holds that each look was taken and that the console stayed silent. */
export async function walk(
  ground: Ground,
  journey: Journey,
  person: Walk['person'],
  looks: Looks,
  options: BrowserContextOptions & { readonly language?: Language } = {},
): Promise<Walked> {
  const { language = 'es', ...browserOptions } = options
  const stops: string[] = []
  const opened: BrowserContext[] = []
  const ears: (readonly string[])[] = []
  const open = async (more: BrowserContextOptions): Promise<Walk> => {
    const context = await ground.browser.newContext({
      locale: language === 'es' ? 'es-ES' : 'en-GB',
      reducedMotion: 'reduce',
      ...browserOptions,
      ...more,
    })
    opened.push(context)
    ears.push(overhear(context))
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    return {
      page,
      device: browserOptions.javaScriptEnabled === false ? undefined : await giveAuthenticator(context, page),
      language,
      t: translator(language),
      addresses: ground.demo.addresses,
      outbox: ground.demo.outbox,
      person,
      beside: (viewport) => open({ viewport }),
      shot: async (name, _caption, shown = page) => {
        stops.push(name)
        await looks[name]?.(shown)
      },
    }
  }
  const own = await open({})
  await journey.walk(own)
  const [context, ...others] = opened
  if (context === undefined) throw new Error('no browser was opened')
  await Promise.all(others.map((other) => other.close()))
  const heard = ears.flat()
  const { page } = own
  expect(Object.keys(looks).filter((name) => !stops.includes(name))).toEqual([])
  expect(heard).toEqual([])
  return { context, page, stops }
}

/** All the words of a page, the folded ones included. */
export const wordsOf = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? ''
