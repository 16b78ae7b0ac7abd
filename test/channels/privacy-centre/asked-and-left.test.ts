import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { decideFor } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { house } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site?.close())
afterEach(() => expect(site.failures).toEqual([]))

const email = 'choice.marketing.direct.email'
const visit = async (name: string, values: Readonly<Record<string, string>> = {}) => {
  const subjectId = await site.norte.register(name, { values })
  const browser = openBrowser(site.origin, subjectId)
  const path = `/sign-in/${site.interaction(subjectId)}/preferences`
  return { subjectId, browser, path, page: await browser.open(path) }
}
const eventsOf = (subjectId: SubjectId) =>
  site.norte
    .owner('consent_events')
    .where({ subject_id: subjectId })
    .orderBy(['purpose_id', 'contact_channel'])
/** Half an hour goes by, and what was left is written down. */
const halfAnHourLater = async () => {
  site.norte.pass(31 * 60_000)
  await site.asked.flush(new Date(site.norte.clock.now().getTime() - 30 * 60_000))
}

describe('A question that was shown and left without an answer (consent-law 4.1)', () => {
  test('is on record with its words and its moment, and shown as asked; it permits and forbids nothing', async () => {
    const shownAt = site.norte.clock.now()
    const lola = await visit('Lola')
    expect(await eventsOf(lola.subjectId)).toEqual([])
    await halfAnHourLater()
    const events = await eventsOf(lola.subjectId)
    expect(
      events.map(({ type, purpose_id: purpose, contact_channel: channel }) => [type, purpose, channel]),
    ).toEqual([
      ['requested', 'marketing.direct', 'email'],
      ['requested', 'marketing.direct', 'sms'],
      ['requested', 'personalisation.onsite', 'none'],
    ])
    expect(events[0]).toMatchObject({
      actor: 'controller',
      notice_id: 'notice-marketing.direct',
      occurred_at: shownAt,
      surface: 'sign-in',
    })
    expect((await lola.browser.open('/privacy/history')).text).toContain('Te pedimos permiso')
    const [decision] =
      (await decideFor(site.norte.parts, lola.subjectId, [
        {
          system: 'newsletter',
          purpose: 'marketing.direct',
          contactChannel: 'email',
          attribute: 'email',
          ...house,
        },
      ])) ?? []
    expect(decision).toMatchObject({ decision: 'DENY', reason: 'NO_CONSENT', ask: true })
  })

  test('can still be answered on the very page that was left open', async () => {
    const mar = await visit('Mar')
    await halfAnHourLater()
    await mar.browser.submit(mar.page, { [email]: 'yes', decide: 'save' })
    const types = (await eventsOf(mar.subjectId)).map(({ type }) => type)
    expect(types.filter((type) => type === 'given')).toHaveLength(1)
    expect(types.filter((type) => type === 'requested')).toHaveLength(3)
  })

  test('is asked once a day, however often the page is opened; and an answer needs no such record', async () => {
    const noa = await visit('Noa')
    await noa.browser.open(noa.path)
    await halfAnHourLater()
    await noa.browser.open(noa.path)
    await halfAnHourLater()
    expect(await eventsOf(noa.subjectId)).toHaveLength(3)
    const pau = await visit('Pau')
    await pau.browser.submit(pau.page, { all: 'no' })
    await halfAnHourLater()
    expect((await eventsOf(pau.subjectId)).map(({ type }) => type)).toEqual(['refused', 'refused', 'refused'])
  })

  test('is found answered when somebody else took the answer in meanwhile', async () => {
    const gil = await visit('Gil')
    site.norte.pass(1000)
    await site.norte.say(gil.subjectId, 'marketing.direct', 'email', 'no')
    await halfAnHourLater()
    const events = await eventsOf(gil.subjectId)
    expect(events.map(({ type, contact_channel: channel }) => `${type} ${channel}`).sort()).toEqual([
      'refused email',
      'requested none',
      'requested sms',
    ])
  })
})

describe('How old somebody was when they answered (GDPR 8(2), consent-law 1.2)', () => {
  test.each([
    ['1990-05-01', 18],
    ['2011-06-01', 15],
    ['2014-01-01', 0],
  ])('born on %s: over %i is pinned, and never the date', async (birthDate, over) => {
    const who = await visit(`Edad${over}`, { birth_date: birthDate })
    await who.browser.submit(who.page, { all: 'no' })
    const events = await eventsOf(who.subjectId)
    expect(new Set(events.map(({ over_age: age }) => age))).toEqual(new Set([over]))
    // Taking the date back makes nobody grown up: what the act pinned still tells.
    await site.norte
      .owner('assertions')
      .where({ subject_id: who.subjectId })
      .update({ superseded_at: site.norte.clock.now() })
    const known = await site.norte.parts.facts.find(who.subjectId)
    expect(known?.facts.subject).toMatchObject({ birthDate: undefined, overAge: over })
  })
})
