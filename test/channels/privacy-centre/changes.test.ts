import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { retirePurpose } from '../../../src/features/consent/index.ts'
import { dpo, purposes } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const day = 86_400_000
const draftOf = (purpose: string) => {
  const known = purposes.find(({ id }) => id === purpose)
  if (known === undefined) throw new Error(`no purpose ${purpose}`)
  const { title, ...draft } = known
  return { title, draft }
}

test('Ana sees what changed since a day: text, data and recipients, a new and an ended purpose, and her own answers', async () => {
  const { norte } = site
  const subjectId = await norte.register('Ana')
  const browser = openBrowser(site.origin, subjectId)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(40 * day)
  const { title, draft } = draftOf('marketing.direct')
  await norte.publish(
    { ...draft, attributes: ['email', 'phone'], recipients: ['newsletter', 'shop'] },
    title,
    2,
  )
  await norte.publish({ ...draft, id: 'marketing.partners' }, 'Ofertas de otras marcas')
  await retirePurpose(norte, { actor: dpo, purpose: 'personalisation.onsite', reason: 'No lo hacemos más' })
  await norte.registry.refresh()
  await norte.say(subjectId, 'marketing.direct', 'sms', 'no')
  norte.pass(day)

  const page = await browser.open('/privacy/changes?since=month')
  expect(page.status).toBe(200)
  expect(page.$('h1').text()).toMatch(/^Qué ha cambiado desde el /)
  const words = page.$('main').text()
  expect(words).toContain('3 finalidades han cambiado')
  expect(page.$('ins').text()).toContain('2')
  expect(page.$('section[aria-labelledby="change-marketing-direct"]').text()).toMatch(
    /Datos nuevosTeléfono.*Datos que ya no usamosNombre.*Ahora también los recibeTienda Norte en línea/s,
  )
  expect(page.$('section[aria-labelledby="change-marketing-partners"]').text()).toContain('Nueva')
  expect(page.$('section[aria-labelledby="change-personalisation-onsite"]').text()).toContain('Terminada')
  expect(words).toContain('1 decisión apuntada')
  expect(page.$('.timeline h3').text()).toBe('Dijiste que no: Novedades y ofertas')
  const english = await browser.open('/privacy/changes?since=month&lang=en')
  expect(english.$('h1').text()).toMatch(/^What has changed since /)
})

test('it begins at the sign-in before this one, and never before the account', async () => {
  const { norte } = site
  const subjectId = await norte.register('Bruno')
  const browser = openBrowser(site.origin, subjectId)
  const first = await browser.open('/privacy/changes?since=year')
  expect(first.$('main').text()).toContain('No ha cambiado nada')
  expect(first.$('main').text()).not.toContain('La última vez que entraste')
  const signedIn = (daysAgo: number, seq: number) => ({
    seq,
    entry: {
      action: 'sign-in.succeeded',
      at: new Date(Date.now() - daysAgo * day).toISOString(),
    },
  })
  site.activity.set(subjectId, [signedIn(0, 3), signedIn(12, 2), signedIn(90, 1)])
  norte.pass(400 * day)
  const second = await browser.open('/privacy/changes')
  const told = new Intl.DateTimeFormat('es-ES', { dateStyle: 'long', timeZone: 'Europe/Madrid' })
  const registered = await norte.owner('subjects').where('subject_id', subjectId).first('created_at')
  const since = Math.max(Date.now() - 12 * day, registered.created_at.getTime())
  expect(second.$('h1').text()).toBe(`Qué ha cambiado desde el ${told.format(new Date(since))}`)
  expect(second.$('main a[aria-current]').text()).toBe('La última vez que entraste')
})

test('any past day can be chosen; a day to come, or none at all, is said at the field', async () => {
  const subjectId = await site.norte.register('Carmen')
  const browser = openBrowser(site.origin, subjectId)
  site.norte.pass(30 * day)
  const page = await browser.open('/privacy/history')
  const changes = await browser.open(page.$('a[href="/privacy/changes"]').attr('href') ?? '')
  const today = site.norte.clock.now().toISOString().slice(0, 10)
  const chosen = await browser.submit(changes, { since: today }, '/privacy/changes')
  expect(chosen.location).toBe(`/privacy/changes?since=${today}`)
  const shown = await browser.open(chosen.location)
  expect(shown.$('input[name=since]').attr('value')).toBe(today)
  for (const [typed, words] of [
    ['2099-01-01', 'Elige un día que ya haya pasado'],
    ['', 'Escribe una fecha que exista'],
    ['ayer', 'Escribe una fecha que exista'],
    ['2026-02-30', 'Escribe una fecha que exista'],
  ] as const) {
    const wrong = await browser.submit(changes, { since: typed }, '/privacy/changes')
    expect(wrong.status).toBe(422)
    expect(wrong.$('#since-error').text()).toContain(words)
    expect(wrong.$('input[name=since]').attr('value')).toBe(typed)
  }
  // An address that somebody made up is read as none.
  expect((await browser.open('/privacy/changes?since=%3Cscript%3E')).status).toBe(200)
  expect((await openBrowser(site.origin).open('/privacy/changes')).status).toBe(303)
})

test('a day begins where the controller sits', async () => {
  const auckland = await openCustomerSite({ timeZone: 'Pacific/Auckland' })
  try {
    // In Madrid it is still the day before.
    const there = new Date(auckland.norte.clock.now().getTime() + 13 * 3_600_000).toISOString().slice(0, 10)
    expect(there).toBe('2026-11-23')
    const subjectId = await auckland.norte.register('Ana')
    const browser = openBrowser(auckland.origin, subjectId)
    const changes = await browser.open('/privacy/changes')
    expect((await browser.submit(changes, { since: there }, '/privacy/changes')).status).toBe(303)
  } finally {
    await auckland.close()
  }
})
