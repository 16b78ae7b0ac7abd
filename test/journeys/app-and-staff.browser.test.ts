import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nativeApp } from '../../demo/journeys/native-app.ts'
import { staffEnrolment } from '../../demo/journeys/staff-enrolment.ts'
import { type Ground, openGround, walk, wordsOf } from './walking.ts'

let ground: Ground

beforeAll(async () => {
  ground = await openGround()
})

afterAll(async () => {
  await ground?.close()
})

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
})
