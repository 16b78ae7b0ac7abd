import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { purposes } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const signingIn = async (name: string) => {
  const subjectId = await site.norte.register(name)
  const uid = site.interaction(subjectId)
  return { subjectId, uid, browser: openBrowser(site.origin, subjectId), path: `/sign-in/${uid}/preferences` }
}
const typesOf = (subjectId: string) =>
  site.norte
    .owner('consent_events')
    .where('subject_id', subjectId)
    .orderBy(['purpose_id', 'contact_channel'])
    .pluck('type')

test('Ana is asked while signing in, saves, sees her choices, and goes on to the shop', async () => {
  const { browser, path, uid, subjectId } = await signingIn('Ana')
  const page = await browser.open(path)
  expect(page.status).toBe(200)
  expect(page.$('input[checked]')).toHaveLength(0)
  expect(page.headers.get('content-security-policy')).not.toContain('form-action')
  const saved = await browser.submit(page, { 'choice.marketing.direct.email': 'yes', decide: 'save' })
  expect(saved.location).toMatch(new RegExp(`^/sign-in/${uid}/saved-choices\\?receipt=`))
  expect(site.answered).not.toContain(uid)
  // What was left alone is a no, as the page says.
  expect(await typesOf(subjectId)).toEqual(['given', 'refused', 'refused'])

  const told = await browser.open(saved.location)
  expect(told.$('a[href^="/privacy/receipts/"]')).toHaveLength(1)
  const onward = await browser.submit(told, {})
  expect(onward.status).toBe(200)
  expect(onward.$('h1').text()).toContain('Tienda Norte en línea')
  expect(onward.$('meta[http-equiv=refresh]').attr('content')).toContain(`/oidc/auth/${uid}`)
  expect(site.answered).toContain(uid)
})

test('the evidence names the client, the assurance and the language of the page', async () => {
  const { browser, path, subjectId } = await signingIn('Bruno')
  await browser.submit(await browser.open(path), { all: 'yes' })
  const { consentHistory } = await import('../../../src/features/consent/index.ts')
  const { lines } = await consentHistory({ ...site.norte.parts, sealer: site.norte.sealer }, { subjectId })
  expect(lines[0]?.evidence).toMatchObject({
    channel: 'web',
    surface: 'sign-in',
    clientId: 'tienda-web',
    language: 'es',
    network: '127.0.0.0/24',
  })
})

test('refusing everything is one click and leads on just the same', async () => {
  const { browser, path, uid, subjectId } = await signingIn('Carmen')
  const saved = await browser.submit(await browser.open(path), { all: 'no' })
  expect(saved.location).toContain(`/sign-in/${uid}/saved-choices`)
  expect(await typesOf(subjectId)).toEqual(['refused', 'refused', 'refused'])
})

test('deciding later goes straight on, and nobody is asked again at the next sign-in', async () => {
  const { browser, path, uid, subjectId } = await signingIn('Diego')
  const onward = await browser.submit(await browser.open(path), { decide: 'later' })
  expect(onward.status).toBe(200)
  expect(site.answered).toContain(uid)
  expect(await typesOf(subjectId)).toEqual(['deferred', 'deferred', 'deferred'])
  const next = site.interaction(subjectId)
  const asked = await browser.open(`/sign-in/${next}/preferences`)
  expect(asked.location).toBe(`/sign-in/${next}/saved-choices`)
})

test('a text that changed while it was read is shown again as a difference, and nothing is recorded', async () => {
  const { browser, path, subjectId } = await signingIn('Elena')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  const page = await browser.open(path)
  const newsletter = purposes.find(({ id }) => id === 'marketing.direct')
  if (newsletter === undefined) throw new Error('no newsletter purpose')
  const { title, ...draft } = newsletter
  await site.norte.publish(draft, title, 2)
  await site.norte.registry.refresh()
  const stale = await browser.submit(page, { all: 'yes' })
  expect(stale.status).toBe(422)
  expect(stale.$('#error-summary').text()).toContain('El texto ha cambiado mientras lo leías')
  expect(stale.$('ins').text()).toContain('2')
  expect(stale.$('del').text()).toContain('1')
  expect(await site.norte.count('consent_events', subjectId)).toBe(1)
})

test('an interaction that is over, or another one, answers nothing', async () => {
  const { browser } = await signingIn('Fatima')
  expect((await browser.open('/sign-in/interaction-999/preferences')).status).toBe(410)
})
