import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { textDifference } from '../../../src/channels/text-difference.ts'
import type { PublishedNotice, PublishedRegistry } from '../../../src/features/consent/index.ts'
import { purposes } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const email = 'choice.marketing.direct.email'

async function change(edition: number) {
  const newsletter = purposes.find(({ id }) => id === 'marketing.direct')
  if (newsletter === undefined) throw new Error('no newsletter purpose')
  const { title, ...draft } = newsletter
  await site.norte.publish(draft, title, edition)
  await site.norte.registry.refresh()
}

describe('A text that changed while the page was open', () => {
  test('is shown against the one on the page; nothing is recorded, and the yes to the old one is not pressed', async () => {
    const subjectId = await site.norte.register('Ana')
    const browser = openBrowser(site.origin, subjectId)
    const page = await browser.open('/privacy/permissions')
    await change(2)
    const told = await browser.submit(page, {
      [email]: 'yes',
      'choice.personalisation.onsite.none': 'yes',
      decide: 'save',
    })
    expect(told.status).toBe(422)
    expect(told.$('#error-summary').text()).toContain('El texto ha cambiado mientras lo leías')
    expect(await site.norte.count('consent_events', subjectId)).toBe(0)
    // She had answered nothing before: what is compared is what was on her page.
    expect(told.$('del').text()).toContain('1')
    expect(told.$('ins').text()).toContain('2')
    expect(told.$('ins .visually-hidden').first().text()).toContain('Añadido:')
    expect(told.$(`input[name="${email}"][checked]`)).toHaveLength(0)
    expect(
      told.$('input[name="choice.personalisation.onsite.none"][value=yes]').attr('checked'),
    ).toBeDefined()
    const saved = await browser.submit(told, { [email]: 'yes', decide: 'save' })
    expect(saved.location).toContain('/saved/')
    const [kept] = await site.norte
      .owner('consent_events')
      .where({ subject_id: subjectId, purpose_id: 'marketing.direct' })
    expect(kept).toMatchObject({ type: 'given', notice_version: 2 })
  })

  test('is marked in the history too, beside what was agreed to', async () => {
    const subjectId = await site.norte.register('Bruno')
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    await change(3)
    const browser = openBrowser(site.origin, subjectId)
    const history = await browser.open('/privacy/history')
    expect(history.$('.timeline del').text()).toContain('2')
    expect(history.$('.timeline ins').text()).toContain('3')
    expect(history.$('.timeline').text()).toContain('Antes: versión 2. Ahora: versión 3.')
  })
})

describe('The difference between what was agreed to and the text in force', () => {
  const notice = (version: number, language: string, text: string): PublishedNotice => ({
    id: 'notice-marketing.direct',
    version,
    language,
    surface: 'screen',
    purpose: 'marketing.direct',
    purposeVersion: version,
    title: 'x',
    summary: '',
    text,
    textHash: `${version}${language}`,
    publishedAt: version,
  })
  const registryWith = (notices: readonly PublishedNotice[]): PublishedRegistry => {
    const current = site.norte.registry.current()
    const version = current.active.get('marketing.direct')
    if (version === undefined) throw new Error('no newsletter purpose')
    return { ...current, notices, active: new Map([['marketing.direct', { ...version, version: 2 }]]) }
  }
  const [oldEs, newEs] = [notice(1, 'es', 'Ofertas.'), notice(2, 'es', 'Ofertas y novedades.')]
  const [oldEn, newEn] = [notice(1, 'en', 'Offers.'), notice(2, 'en', 'Offers and news.')]

  test('is told in the language of the reader, when that version was published in it', () => {
    const shown = textDifference(registryWith([oldEs, newEs, oldEn, newEn]), oldEs, 'en')
    expect(shown).toMatchObject({ before: ' Offers.', after: ' Offers and news.', language: 'en' })
  })

  test('is told in the language it was read in otherwise: words of two languages are never compared', () => {
    const shown = textDifference(registryWith([oldEs, newEs, newEn]), oldEs, 'en')
    expect(shown).toMatchObject({ before: ' Ofertas.', after: ' Ofertas y novedades.', language: 'es' })
  })

  test('is nothing when the reader only changed language', () => {
    expect(textDifference(registryWith([newEs, newEn]), newEs, 'en')).toBeUndefined()
  })
})
