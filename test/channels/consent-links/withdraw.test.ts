import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { optOutFor, type WithdrawalLink } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { house } from '../../features/consent/consent-house.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from '../privacy-centre/customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const linkFor = (subjectId: SubjectId, more: Partial<WithdrawalLink> = {}) =>
  optOutFor(
    { issuer: new URL(site.origin), sealedTokens: site.sealedTokens, now: site.norte.clock.now() },
    { subjectId, ...house, purpose: 'marketing.direct', contactChannel: 'email', ...more },
  )
const permission = async (subjectId: SubjectId, contactChannel = 'email') =>
  (await site.norte.parts.records.permissionsOf(subjectId)).find(
    (one) => one.purpose === 'marketing.direct' && one.contactChannel === contactChannel,
  )
const subscriber = async (name: string) => {
  const subjectId = await site.norte.register(name)
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  site.norte.pass(1000)
  return subjectId
}
/** As a mail provider does it: no cookie, no origin, and the body of RFC 8058. */
const oneClick = (href: string, body: BodyInit, type?: string) =>
  fetch(href, { method: 'POST', body, ...(type === undefined ? {} : { headers: { 'content-type': type } }) })

test('Ana stops her mails without signing in: one page, one button, nothing asked (R94)', async () => {
  const ana = await subscriber('Ana')
  const { href } = linkFor(ana)
  const stranger = openBrowser(site.origin)
  const page = await stranger.open(new URL(href).pathname)
  expect(page.status).toBe(200)
  expect(page.$('main form button')).toHaveLength(1)
  expect(page.$('main input:not([type=hidden])')).toHaveLength(0)
  expect(page.text).not.toContain('ana@')
  expect(await permission(ana)).toMatchObject({ decision: 'PERMIT' })
  const done = await stranger.submit(page, {})
  expect(done.$('h1').text()).toBe('Hecho: lo hemos parado')
  expect(done.$('main').text()).toContain('deja de recibirlos en cuanto nos vuelva a preguntar')
  expect(done.$('main').text()).not.toMatch(/avisado|avisamos/i)
  expect(await permission(ana)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  const [row] = await site.norte.owner('consent_events').where({ subject_id: ana, type: 'withdrawn' })
  expect(row).toMatchObject({ actor: 'subject', surface: 'withdrawal-link' })
  expect(await site.norte.count('receipts', ana)).toBe(2)
})

test.each([
  ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  ],
])('a mail provider withdraws in one click, as %s (RFC 8058)', async (type, body) => {
  const bruno = await subscriber(`Bruno${type.length}`)
  const { headers } = linkFor(bruno)
  expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  const href = /^<(.+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? ''
  expect((await oneClick(href, body, type)).status).toBe(200)
  expect(await permission(bruno)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  const [row] = await site.norte.owner('consent_events').where({ subject_id: bruno, type: 'withdrawn' })
  expect(row.surface).toBe('one-click')
})

test('asked twice, or twenty times at once, it is one fact', async () => {
  const carmen = await subscriber('Carmen')
  const { href } = linkFor(carmen)
  const all = await Promise.all(
    Array.from({ length: 20 }, () => oneClick(href, 'List-Unsubscribe=One-Click', 'text/plain')),
  )
  expect(all.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
  expect((await oneClick(href, '')).status).toBe(200)
  const kinds = await site.norte.owner('consent_events').where({ subject_id: carmen }).pluck('type')
  expect(kinds.sort()).toEqual(['given', 'withdrawn'])
})

test('the link of a purpose that was retired is one fact too, however often it is followed', async () => {
  const hugo = await subscriber('Hugo')
  const other = { purpose: 'marketing.long_gone' }
  for (const _ of [1, 2, 3]) expect((await oneClick(linkFor(hugo, other).href, '')).status).toBe(200)
  const kinds = await site.norte.owner('consent_events').where({ subject_id: hugo }).pluck('type')
  expect(kinds.sort()).toEqual(['given', 'withdrawn'])
})

test('a link that is followed without end is slowed down', async () => {
  const ivan = await subscriber('Ivan')
  const { href } = linkFor(ivan)
  const statuses: number[] = []
  for (let n = 0; n < 80 && statuses.at(-1) !== 429; n += 1) statuses.push((await oneClick(href, '')).status)
  expect(statuses[0]).toBe(200)
  expect(statuses.at(-1)).toBe(429)
})

test('a link says the same of somebody unknown, erased or never subscribed', async () => {
  const diego = await site.norte.register('Diego')
  const gone = await subscriber('Elena')
  await site.norte.owner('subjects').where({ subject_id: gone }).update({ state: 'erased' })
  const pages = await Promise.all(
    [diego, gone, site.norte.entropy.id<'subject'>()].map(async (subjectId) => {
      const answer = await oneClick(linkFor(subjectId).href, '')
      return [answer.status, /<main[\s\S]*<\/main>/.exec(await answer.text())?.[0]]
    }),
  )
  expect(pages[0]?.[0]).toBe(200)
  expect(pages[1]).toEqual(pages[0])
  expect(pages[2]).toEqual(pages[0])
  expect(await permission(diego)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_REFUSED' })
})

test('a link takes back what it was sealed for and nothing else', async () => {
  const fatima = await subscriber('Fatima')
  await site.norte.say(fatima, 'personalisation.onsite', 'none', 'yes')
  await oneClick(linkFor(fatima).href, '')
  const kept = await site.norte.parts.records.permissionsOf(fatima)
  expect(kept.find(({ purpose }) => purpose === 'personalisation.onsite')?.decision).toBe('PERMIT')
  const stranger = openBrowser(site.origin)
  const { pathname } = new URL(linkFor(fatima).href)
  expect((await stranger.open(`${pathname.slice(0, -2)}xx`)).status).toBe(410)
  const confirm = site.sealedTokens.sealToken('confirm consent', ['x'], new Date('2099-01-01'))
  expect((await stranger.open(`/withdraw/${confirm}`)).status).toBe(410)
})

test('two years later the link in an old mail still leads out', async () => {
  const gloria = await subscriber('Gloria')
  const { href } = linkFor(gloria)
  site.norte.pass(730 * 86_400_000)
  expect((await oneClick(href, '')).status).toBe(200)
  expect(await permission(gloria)).toMatchObject({ decision: 'DENY' })
})

test('objecting to all advertising is one click, tells of the exclusion lists, and is in the receipt (LOPDGDD 23.3)', async () => {
  const hugo = await subscriber('Hugo')
  const browser = openBrowser(site.origin, hugo)
  const page = await browser.open('/privacy/permissions')
  const objected = await browser.submit(page, {}, '/privacy/permissions/object-to-marketing')
  const after = await browser.open(objected.location)
  expect(after.text).toContain('Lista Robinson y Lista Stop Publicidad')
  expect(after.$('form[action="/privacy/permissions/object-to-marketing"]')).toHaveLength(0)
  expect(await permission(hugo)).toMatchObject({ decision: 'DENY', reason: 'OBJECTED' })
  const [receipt] = await site.norte
    .owner('receipts')
    .where({ subject_id: hugo })
    .orderBy('issued_at', 'desc')
  const file = await browser.open(`/privacy/receipts/${receipt.receipt_id}.jws`)
  const { events } = JSON.parse(Buffer.from(file.text.split('.')[1] ?? '', 'base64url').toString()).receipt
  expect(events[0].wording).toContain('Existen sistemas de exclusión publicitaria')
  expect((await browser.open('/privacy/history')).status).toBe(200)
})
