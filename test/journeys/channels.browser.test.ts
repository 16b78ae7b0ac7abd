import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerByTelephone } from '../../demo/journeys/answer-by-telephone.ts'
import { kioskAndPhone } from '../../demo/journeys/kiosk-and-phone.ts'
import { people } from '../../demo/seed/people.ts'
import { kiosk } from '../../demo/seed/places.ts'
import { type Ground, openGround, walk, wordsOf } from './walking.ts'

let ground: Ground

beforeAll(async () => {
  ground = await openGround()
})

afterAll(async () => {
  await ground?.close()
})

const [ana, bruno] = people
const nobody = { firstName: '', email: '' }

const chosen = 'input[type=radio]:checked'

/** What was decided there, oldest first. */
const factsAt = (touchpoint: string) =>
  ground.demo.house.platform.lanes
    .console('consent_events')
    .where({ touchpoint })
    .orderBy('recorded_at')
    .select('type', 'purpose_id', 'contact_channel', 'channel')

describe('A kiosk and a phone, in two browsers', () => {
  it('sign Ana in, save what she changes, and show Bruno nothing of hers (R36, R42, R46)', {
    timeout: 90_000,
  }, async () => {
    const { context } = await walk(ground, kioskAndPhone, nobody, {
      phone: async (page) => expect(await wordsOf(page)).toContain(kiosk.name),
      choices: async (page) => {
        expect(await page.locator(chosen).count()).toBe(0)
        expect(await wordsOf(page)).not.toMatch(/Ana|ana@/)
      },
      review: async () => expect(await factsAt(kiosk.id)).toEqual([]),
      closed: async (page) => {
        const cookies = await page.context().cookies()
        expect(cookies.filter(({ name }) => name.includes('visit'))).toEqual([])
      },
      'on-her-phone': async (page) => {
        const sms = page.locator('input[name="choice.marketing.direct.sms"][value=yes]')
        expect(await sms.isChecked()).toBe(true)
      },
      'after-her': async (page) => {
        expect(await page.locator(chosen).count()).toBe(0)
        const words = await wordsOf(page)
        for (const hers of [ana.firstName, ana.lastName, ana.email]) expect(words).not.toContain(hers)
      },
    })
    expect(await factsAt(kiosk.id)).toMatchObject([
      { type: 'given', purpose_id: 'marketing.direct', contact_channel: 'sms', channel: 'kiosk' },
    ])
    await context.close()
  })
})

describe('A call', () => {
  it('permits nothing by what the agent noted, and lets the newsletter see Bruno once he confirms it himself (R50, R56, R57)', {
    timeout: 90_000,
  }, async () => {
    const { context } = await walk(ground, answerByTelephone, nobody, {
      rings: async (page) => {
        const words = await wordsOf(page)
        for (const secret of [bruno.lastName, bruno.email, '600333444']) expect(words).not.toContain(secret)
      },
      verified: async (page) => expect(await wordsOf(page)).not.toContain(bruno.email),
      script: async (page) => expect(await page.locator(chosen).count()).toBe(1),
      'nothing-yet': async (page) => expect(await wordsOf(page)).not.toContain(bruno.email),
      asks: async (page) => expect(await page.locator(chosen).count()).toBe(0),
      'newsletter-sees': async (page) => expect(await wordsOf(page)).toContain(bruno.email),
    })
    await context.close()
  })
})
