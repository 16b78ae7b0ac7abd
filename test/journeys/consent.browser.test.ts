import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptAndWithdraw } from '../../demo/journeys/accept-and-withdraw.ts'
import { refuseEverything } from '../../demo/journeys/refuse-everything.ts'
import { type Ground, openGround, walk, wordsOf } from './walking.ts'

let ground: Ground

beforeAll(async () => {
  ground = await openGround()
})

afterAll(async () => {
  await ground?.close()
})

/** When the last consent event of all was recorded. */
async function lastFactAt(): Promise<Date> {
  const { console } = ground.demo.house.platform.lanes
  const rows = await console('consent_events').select('recorded_at').orderBy('recorded_at', 'desc').limit(1)
  const at: unknown = rows[0]?.recorded_at
  if (!(at instanceof Date)) throw new Error('nothing was recorded')
  return at
}

const chosen = 'input[type=radio]:checked'

describe('Agreeing, and changing one’s mind', () => {
  it('lets the newsletter see e-mail and first name while Nora allows it, and neither in the second she stops', async () => {
    const nora = { firstName: 'Nora', email: 'nora@correo.example' }
    const { context } = await walk(ground, acceptAndWithdraw, nora, {
      shop: async (page) => expect(await page.getByRole('link', { name: 'Entrar' }).isVisible()).toBe(true),
      outbox: async (page) => {
        expect(await page.locator('.code').first().textContent()).toMatch(/^\d{6}$/)
        expect(await page.locator('.card').first().textContent()).toContain(nora.email)
      },
      questions: async (page) => {
        expect(await page.locator(chosen).count()).toBe(0)
        expect(await page.locator('input[type=radio]').count()).toBe(6)
      },
      saved: async (page) => expect(await wordsOf(page)).toContain('Correo electrónico: sí'),
      'signed-in': async (page) => expect(await wordsOf(page)).toContain(nora.email),
      'newsletter-sees': async (page) => {
        const words = await wordsOf(page)
        expect(words).toContain(nora.email)
        expect(words).toContain('Hola, Nora:')
        expect(words).toContain('Podemos escribirle')
        const out = (await page.locator('.letter a').getAttribute('href')) ?? ''
        expect(out.startsWith(`${ground.demo.addresses.issuer}/withdraw/`)).toBe(true)
      },
      permissions: async (page) => expect(await page.locator(chosen).count()).toBe(3),
      'newsletter-sees-nothing': async (page) => {
        const words = await wordsOf(page)
        expect(words).not.toContain(nora.email)
        expect(words).not.toContain('Nora')
        expect(words.match(/no nos lo dan/g)).toHaveLength(2)
        const asked = await page.locator('[data-read-at]').first().getAttribute('data-read-at')
        const later = new Date(asked ?? 0).getTime() - (await lastFactAt()).getTime()
        expect(later).toBeGreaterThanOrEqual(0)
        expect(later).toBeLessThan(1000)
      },
      'who-received': async (page) => {
        const words = await wordsOf(page)
        expect(words).toContain('Correo Norte')
        expect(words).toContain('Ya no los recibe')
      },
    })
    await context.close()
  })

  it('works the same in English and on a telephone', async () => {
    const hugo = { firstName: 'Hugo', email: 'hugo@correo.example' }
    const { context } = await walk(
      ground,
      acceptAndWithdraw,
      hugo,
      {
        'newsletter-sees': async (page) => expect(await wordsOf(page)).toContain('Hello Hugo,'),
        'newsletter-sees-nothing': async (page) => expect(await wordsOf(page)).not.toContain(hugo.email),
      },
      { language: 'en', viewport: { width: 320, height: 640 } },
    )
    await context.close()
  })
})

describe('Refusing everything', () => {
  const looks = (person: { readonly firstName: string; readonly email: string }) => ({
    saved: async (page: Page) => expect(await wordsOf(page)).not.toMatch(/: sí/),
    'signed-in': async (page: Page) => expect(await wordsOf(page)).toContain(person.email),
    'newsletter-sees-nothing': async (page: Page) => {
      const words = await wordsOf(page)
      expect(words).not.toContain(person.email)
      expect(words).toContain('No podemos escribirle')
    },
    'signed-in-again': async (page: Page) => expect(await wordsOf(page)).toContain(person.email),
  })

  it('takes one click, and ends in a working login that asks nothing again', async () => {
    const irene = { firstName: 'Irene', email: 'irene@correo.example' }
    const { context, stops } = await walk(ground, refuseEverything, irene, looks(irene))
    expect(stops.filter((stop) => stop === 'questions')).toHaveLength(1)
    await context.close()
  })

  it('works without script', async () => {
    const lucas = { firstName: 'Lucas', email: 'lucas@correo.example' }
    const { context } = await walk(ground, refuseEverything, lucas, looks(lucas), {
      javaScriptEnabled: false,
    })
    await context.close()
  })
})
