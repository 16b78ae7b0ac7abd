import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { purposes } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const day = 86_400_000
const register = async (name: string) => {
  const subjectId = await site.norte.register(name)
  return { subjectId, browser: openBrowser(site.origin, subjectId) }
}
type Visitor = Awaited<ReturnType<typeof register>>

/** The page at which the person is stopped while signing in; undefined when they are let through. */
async function stoppedAt({ subjectId, browser }: Visitor) {
  const uid = site.interaction(subjectId)
  const page = await browser.open(`/sign-in/${uid}/preferences`)
  return page.status === 200 ? page : undefined
}
const press = async (who: Visitor, fields: Readonly<Record<string, string>>) => {
  const page = await stoppedAt(who)
  if (page === undefined) throw new Error('nothing was asked')
  return { page, answer: await who.browser.submit(page, fields) }
}
const permission = async (subjectId: SubjectId, purpose: string) =>
  (await site.norte.parts.records.permissionsOf(subjectId)).find((one) => one.purpose === purpose)

/** Publishes the purpose anew, as the officer would. */
async function change(purpose: string, edition: number, more: object = {}) {
  const known = purposes.find(({ id }) => id === purpose)
  if (known === undefined) throw new Error(`no purpose ${purpose}`)
  const { title, ...draft } = known
  await site.norte.publish({ ...draft, ...more }, title, edition)
  await site.norte.registry.refresh()
}

test('Ana leaves it for later: she goes on at once, and is not asked before the day the page named', async () => {
  const ana = await register('Ana')
  const { page, answer } = await press(ana, { decide: 'later' })
  expect(page.$('main').text()).toContain('no te lo volvemos a preguntar antes del 22 de mayo de 2027')
  expect(answer.status).toBe(200)
  expect(answer.$('h1').text()).toContain('Tienda Norte en línea')
  expect(await stoppedAt(ana)).toBeUndefined()
  const centre = (await ana.browser.open('/privacy/permissions')).$('main').text()
  expect(centre).toContain('No te lo preguntaremos antes del 22 de mayo de 2027')
  // Nor does her landing page press her.
  expect((await ana.browser.open('/privacy')).$('main').text()).not.toContain('sin contestar')
  site.norte.pass(180 * day)
  expect(await stoppedAt(ana)).toBeUndefined()
  site.norte.pass(2 * day)
  expect((await stoppedAt(ana))?.$('h1').text()).toBe('¿Qué quieres recibir de nosotros?')
})

test('Bruno says no: nobody asks him again while the text is the same, however long it is', async () => {
  const bruno = await register('Bruno')
  const { page } = await press(bruno, { all: 'no' })
  expect(page.$('main').text()).toContain('Si dices que no o lo dejas')
  for (let year = 0; year < 3; year += 1) {
    site.norte.pass(365 * day)
    expect(await stoppedAt(bruno)).toBeUndefined()
  }
})

test('the page in English names the same day', async () => {
  const carla = await register('Carla')
  const uid = site.interaction(carla.subjectId)
  const page = await carla.browser.open(`/sign-in/${uid}/preferences?lang=en`)
  expect(page.$('main').text()).toMatch(/we do not ask again before \d+ \w+ 20\d\d, unless the text changes/)
})

test('a changed text that is put off is not asked at every sign-in, and until answered counts as no', async () => {
  const diego = await register('Diego')
  await press(diego, { all: 'yes' })
  expect(await permission(diego.subjectId, 'personalisation.onsite')).toMatchObject({ decision: 'PERMIT' })
  await change('personalisation.onsite', 2)
  const { page, answer } = await press(diego, { decide: 'later' })
  expect(page.$('h1').text()).toBe('Hemos cambiado un texto. ¿Qué decides?')
  expect(page.$('ins').text()).toContain('2')
  expect(page.$('del').text()).toContain('1')
  expect(page.$('input[checked]')).toHaveLength(0)
  expect(answer.status).toBe(200)
  expect(await stoppedAt(diego)).toBeUndefined()
  const centre = (await diego.browser.open('/privacy/permissions')).$('main').text()
  expect(centre).toContain('Dijiste que sí a un texto anterior. Cuenta como no hasta que contestes.')
  // Another material change is another question; it does not wait for the cool-off of this one.
  await change('personalisation.onsite', 3)
  expect((await stoppedAt(diego))?.$('ins').text()).toContain('3')
  await press(diego, { decide: 'later' })
  site.norte.pass(185 * day)
  expect(await stoppedAt(diego)).toBeDefined()
  // Agreeing compares nothing any more.
  await press(diego, { all: 'yes' })
  expect((await diego.browser.open('/privacy/permissions')).$('ins')).toHaveLength(0)
})

test('a yes that has run out is asked for as such, and not as a changed text', async () => {
  await change('personalisation.onsite', 4, { validity: 'P12M' })
  const elena = await register('Elena')
  await press(elena, { all: 'yes' })
  site.norte.pass(366 * day)
  const centre = (await elena.browser.open('/privacy/permissions')).$('main').text()
  expect(centre).toContain('Tu sí ha caducado')
  const { page } = await press(elena, { decide: 'later' })
  expect(page.$('h1').text()).toBe('Un permiso tuyo ha caducado. ¿Qué decides?')
  expect(page.$('ins, del')).toHaveLength(0)
  expect(await stoppedAt(elena)).toBeUndefined()
})
