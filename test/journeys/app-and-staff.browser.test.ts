import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nativeApp } from '../../demo/journeys/native-app.ts'
import { proveAConsent } from '../../demo/journeys/prove-a-consent.ts'
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
})
