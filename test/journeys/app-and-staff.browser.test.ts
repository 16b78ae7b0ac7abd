import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeAPurpose, rewording } from '../../demo/journeys/change-a-purpose.ts'
import { nativeApp } from '../../demo/journeys/native-app.ts'
import { proveAConsent } from '../../demo/journeys/prove-a-consent.ts'
import { restrictAPerson } from '../../demo/journeys/restrict-a-person.ts'
import { staffEnrolment } from '../../demo/journeys/staff-enrolment.ts'
import { translator } from '../../views/page.tsx'
import { type Ground, openGround, walk, wordsOf } from './walking.ts'

let ground: Ground

beforeAll(async () => {
  ground = await openGround()
})

afterAll(async () => {
  await ground?.close()
})

const t = translator('es')
const nobody = { firstName: '', email: '' }

describe('The native application', () => {
  it('signs Ana in by the system’s browser, with nothing between her click and the app', async () => {
    const { context, page } = await walk(ground, nativeApp, nobody, {
      tour: async (shown) => expect(await shown.locator('.steps > li').count()).toBe(7),
      'one-click': async (shown) => expect(await wordsOf(shown)).toContain('Tienda Norte, la app'),
      'signed-in': async (shown) => {
        expect(new URL(shown.url()).hostname).toBe('127.0.0.1')
        expect(await wordsOf(shown)).toContain('ana@correo.example')
      },
    })
    expect(await wordsOf(page)).toContain('ana@correo.example')
    await context.close()
  })
})

describe('Staff', () => {
  it('enrol with a single-use link and a passkey, and sign in with that alone', async () => {
    let link = ''
    const { context, page } = await walk(ground, staffEnrolment, nobody, {
      enrol: async (shown) => {
        link = shown.url()
        expect(await wordsOf(shown)).toContain('Protección de datos')
      },
      home: async (shown) => expect(await wordsOf(shown)).toContain('No dices que sí por un cliente.'),
    })
    const again = await page.request.get(link)
    expect(again.ok()).toBe(false)
    await context.close()
  })

  it('who protect data answer whether Ana agreed, on one page and with one file, which the verifier finds genuine', async () => {
    const { context, page } = await walk(ground, proveAConsent, nobody, {
      answer: async (shown) => {
        const words = await wordsOf(shown)
        expect(words).toContain(t('proof.stood.yes'))
        expect(words).toContain(t('proof.by.subject'))
      },
    })
    const download = page.waitForEvent('download')
    await page
      .getByRole('button', { name: t('proof.download'), exact: true })
      .first()
      .click()
    const file = await (await download).path()
    // Nobody has to be signed in to check it.
    const stranger = await context.browser()!.newPage()
    await stranger.goto(`${ground.demo.addresses.issuer}/verify`)
    await stranger.locator('input[type=file]').setInputFiles(file)
    await stranger.getByText(t('verify.outcome.genuine')).first().waitFor()
    await stranger.close()
    await context.close()
  })

  it('restrict the use of Ana’s data: the effect first, then the measure, then why the answer is no (GDPR Art. 18)', async () => {
    const { context } = await walk(ground, restrictAPerson, nobody, {
      person: async (shown) => {
        const words = await wordsOf(shown)
        expect(words).toContain(t('person.restrictions.none'))
        expect(words).not.toContain('ana@correo.example')
      },
      effect: async (shown) => expect(await wordsOf(shown)).toContain(t('measure.effect.ends', { count: 1 })),
      explanation: async (shown) => expect(await wordsOf(shown)).toContain('GDPR Art. 18'),
    })
    await context.close()
  })

  it('draft a material change, see what differs and how many it concerns, publish it, and Ana is asked again (R97)', async () => {
    const { context } = await walk(ground, changeAPurpose, nobody, {
      preview: async (shown) => {
        expect(await shown.locator('.screen ins').textContent()).toContain('de tu zona')
        expect(await shown.locator('.screen input:checked').count()).toBe(0)
      },
      impact: async (shown) => {
        expect(await wordsOf(shown)).toMatch(/Se volverá a preguntar a [1-9]\d* persona/)
        expect(await shown.locator('ins').first().textContent()).toContain('de tu zona')
      },
      'asked-again': async (shown) => {
        expect(await wordsOf(shown)).toContain(rewording.after)
        expect(await shown.locator('ins').first().textContent()).toContain('de tu zona')
        expect(await shown.locator('input[type=radio]:checked').count()).toBe(0)
      },
    })
    await context.close()
  })
})
