import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { objectToMarketing, recordChoices } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { evidence, house } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const visit = async (name: string) => {
  const subjectId = await site.norte.register(name)
  return { subjectId, browser: openBrowser(site.origin, subjectId) }
}

/** The person answers on the tablet in a store, and then some minutes pass. */
async function inStore(subjectId: SubjectId, channel: 'email' | 'sms', answer: 'yes' | 'no', minutes = 2) {
  const { norte } = site
  norte.pass(60_000)
  await recordChoices(
    norte.parts,
    norte.command(subjectId, [norte.choice('marketing.direct', channel, answer)], {
      evidence: { ...evidence, channel: 'store', surface: 'tablet', touchpoint: 'Gran Vía' },
    }),
  )
  norte.pass(minutes * 60_000)
}

const eventsOf = async (subjectId: SubjectId) =>
  (
    await site.norte
      .owner('consent_events')
      .where('subject_id', subjectId)
      .orderBy(['occurred_at', 'contact_channel'])
      .select('type', 'contact_channel')
  ).map(({ type, contact_channel }) => `${type} ${contact_channel}`)

const email = 'choice.marketing.direct.email'
const sms = 'choice.marketing.direct.sms'

describe('An answer that was given elsewhere', () => {
  test('is told with where and how many minutes ago, as long as it is fresh', async () => {
    const { browser, subjectId } = await visit('Ana')
    await inStore(subjectId, 'email', 'yes')
    const words = (await browser.open('/privacy/permissions')).$('main').text()
    expect(words).toContain('en tienda · hace 2 minutos')
    site.norte.pass(3_600_000)
    const later = (await browser.open('/privacy/permissions')).$('main').text()
    expect(later).toContain('en tienda')
    expect(later).not.toMatch(/hace \d/)
    const english = await browser.open('/privacy/permissions?lang=en')
    expect(english.$('main').text()).toMatch(/You said yes on 22 November 2026 · in (a |the )?store/)
  })

  test('while the page was open is not undone unseen: both are shown, nothing is recorded, and Bruno decides', async () => {
    const { browser, subjectId } = await visit('Bruno')
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    const page = await browser.open('/privacy/permissions')
    await inStore(subjectId, 'email', 'no')
    // He only wants text messages; the old yes to e-mail comes along as it stood on the page.
    const told = await browser.submit(page, { [sms]: 'yes', decide: 'save' })
    expect(told.status).toBe(422)
    expect(told.$('#error-summary').text()).toContain('Contestaste en otro sitio')
    expect(told.$('.choice__news').text()).toContain('dijiste que no en tienda, hace 2 minutos')
    expect(told.$('.choice__news').text()).toContain('Aquí tenías marcado Sí')
    expect(await eventsOf(subjectId)).toEqual(['given email', 'withdrawn email'])
    // The newer answer stands, and what he pressed for himself is not lost.
    expect(told.$(`input[name="${email}"][value=no]`).attr('checked')).toBeDefined()
    expect(told.$(`input[name="${sms}"][value=yes]`).attr('checked')).toBeDefined()
    site.norte.pass(1000)
    const saved = await browser.submit(told, { decide: 'save' })
    expect(saved.location).toContain('/saved/')
    expect(await eventsOf(subjectId)).toEqual(['given email', 'withdrawn email', 'given sms'])
  })

  test('can be overruled by whoever has seen it', async () => {
    const { browser, subjectId } = await visit('Carmen')
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    const page = await browser.open('/privacy/permissions')
    await inStore(subjectId, 'email', 'no')
    const told = await browser.submit(page, { [sms]: 'no', decide: 'save' })
    site.norte.pass(1000)
    await browser.submit(told, { [email]: 'yes', decide: 'save' })
    expect(await eventsOf(subjectId)).toEqual([
      'given email',
      'withdrawn email',
      'given email',
      'refused sms',
    ])
  })

  test('never holds up a no: pressed on an old page it counts at once (GDPR 7(3))', async () => {
    const { browser, subjectId } = await visit('Diego')
    const page = await browser.open('/privacy/permissions')
    await inStore(subjectId, 'email', 'yes')
    const saved = await browser.submit(page, { [email]: 'no', decide: 'save' })
    expect(saved.location).toContain('/saved/')
    expect(await eventsOf(subjectId)).toEqual(['given email', 'withdrawn email'])
  })

  test('refuse-all on an old page counts at once, accept-all over a newer no does not', async () => {
    const elena = await visit('Elena')
    const [first, second] = [
      await elena.browser.open('/privacy/permissions'),
      await elena.browser.open('/privacy/permissions'),
    ]
    await inStore(elena.subjectId, 'email', 'no')
    const told = await elena.browser.submit(first, { all: 'yes' })
    expect(told.status).toBe(422)
    expect(told.$('.choice__news').text()).toContain('Aquí tenías marcado Sí')
    expect(await eventsOf(elena.subjectId)).toEqual(['refused email'])
    const saved = await elena.browser.submit(second, { all: 'no' })
    expect(saved.location).toContain('/saved/')
  })

  test('that says the same is no conflict', async () => {
    const { browser, subjectId } = await visit('Fatima')
    const page = await browser.open('/privacy/permissions')
    await inStore(subjectId, 'email', 'yes')
    const saved = await browser.submit(page, { [email]: 'yes', [sms]: 'no', decide: 'save' })
    expect(saved.location).toContain('/saved/')
    expect(await eventsOf(subjectId)).toEqual(['given email', 'refused sms'])
  })

  test('an objection made by telephone meanwhile is not reopened by an old page', async () => {
    const { browser, subjectId } = await visit('Gloria')
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    const page = await browser.open('/privacy/permissions')
    site.norte.pass(60_000)
    await objectToMarketing(site.norte.parts, {
      subjectId,
      actor: site.norte.asSubject(subjectId),
      evidence: { ...evidence, channel: 'call-centre', surface: 'inbound-call' },
      idempotencyKey: site.norte.entropy.id(),
      controller: house.controller,
    })
    site.norte.pass(60_000)
    const told = await browser.submit(page, { [sms]: 'yes', decide: 'save' })
    expect(told.status).toBe(422)
    expect(told.$('.choice__news').text()).toContain('dijiste que no por teléfono, hace 1 minuto')
    expect(await site.norte.count('consent_events', subjectId)).toBe(2)
  })

  test('at the prompt: an answer from the store is not taken back by leaving the question alone', async () => {
    const { subjectId, browser } = await visit('Hugo')
    const uid = site.interaction(subjectId)
    const page = await browser.open(`/sign-in/${uid}/preferences`)
    await inStore(subjectId, 'email', 'yes')
    const told = await browser.submit(page, { decide: 'save' })
    expect(told.status).toBe(422)
    expect(told.$('#error-summary').text()).toContain('Contestaste en otro sitio')
    // What he said in the store is not asked again.
    expect(told.$(`input[name="${email}"]`)).toHaveLength(0)
    expect(told.$(`input[name="${sms}"]`)).toHaveLength(2)
    expect(await eventsOf(subjectId)).toEqual(['given email'])
    const saved = await browser.submit(told, { decide: 'save' })
    expect(saved.location).toContain('saved-choices')
    expect(await eventsOf(subjectId)).toEqual(['given email', 'refused none', 'refused sms'])
  })
})

describe('A control that nobody touched', () => {
  test('says nothing, even under a text that was corrected since (GDPR 4(11))', async () => {
    const { norte } = site
    const { browser, subjectId } = await visit('Irene')
    await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    const { purposes } = await import('../../features/consent/consent-house.ts')
    const newsletter = purposes.find(({ id }) => id === 'marketing.direct')
    if (newsletter === undefined) throw new Error('no newsletter purpose')
    const { title, ...draft } = newsletter
    await norte.publish({ ...draft, change: 'editorial' }, title, 2)
    await norte.registry.refresh()
    norte.pass(1000)
    const page = await browser.open('/privacy/permissions')
    expect(page.$(`input[name="${email}"][value=yes]`).attr('checked')).toBeDefined()
    await browser.submit(page, { [sms]: 'no', decide: 'save' })
    expect(await eventsOf(subjectId)).toEqual(['given email', 'refused sms'])
  })

  test('makes nothing of an old form that says how it was in words nobody sent it', async () => {
    const { browser, subjectId } = await visit('Javier')
    const page = await browser.open('/privacy/permissions')
    for (const was of ['', 'none', 'none|perhaps', `${'x'.repeat(80)}|none`]) {
      const saved = await browser.submit(page, {
        'was.marketing.direct.email': was,
        [email]: 'no',
        decide: 'save',
      })
      expect([303, 422]).toContain(saved.status)
    }
    expect(await eventsOf(subjectId)).toEqual(['refused email'])
  })
})
