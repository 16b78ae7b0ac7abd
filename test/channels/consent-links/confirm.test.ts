import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sealConfirmationLink, tendConfirmations } from '../../../src/features/consent/index.ts'
import { identifierPlace } from '../../../src/features/identity/index.ts'
import { refused } from '../../../src/kernel/errors.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from '../privacy-centre/customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const hour = 3_600_000

/** Somebody who lives in Germany, where a yes to e-mail or text messages has to come back. */
const inGermany = async (name: string) => {
  const subjectId = await site.norte.register(name)
  await site.norte.owner('subjects').where('subject_id', subjectId).update({ jurisdiction: 'DE' })
  return {
    subjectId,
    to: `${name.toLowerCase()}@correo.example`,
    browser: openBrowser(site.origin, subjectId),
  }
}
const addPhone = async (subjectId: SubjectId, number: string) => {
  const identifierId = site.norte.entropy.id<'identifier'>()
  await site.norte.owner('identifiers').insert({
    subject_id: subjectId,
    identifier_id: identifierId,
    kind: 'phone',
    sealed_value: Buffer.from(
      await site.norte.sealer.sealText(subjectId, identifierPlace(identifierId), number),
    ),
    verified_at: null,
    created_at: site.norte.clock.now(),
  })
}
const sayYes = async (browser: ReturnType<typeof openBrowser>, channel = 'email') => {
  const page = await browser.open('/privacy/permissions')
  const saved = await browser.submit(page, { [`choice.marketing.direct.${channel}`]: 'yes', decide: 'save' })
  await site.settled()
  return saved
}
const mailsTo = (to: string) => site.outbox.messages.filter(({ recipients }) => recipients.includes(to))
const linkIn = (text: string) => new URL(/https?:\/\/\S+\/confirm\/\S+/.exec(text)?.[0] ?? '')
const permission = async (subjectId: SubjectId, contactChannel = 'email') =>
  (await site.norte.parts.records.permissionsOf(subjectId)).find(
    (one) => one.purpose === 'marketing.direct' && one.contactChannel === contactChannel,
  )
const tend = () =>
  tendConfirmations({ ...site.confirmations, identity: site.norte.work, blindIndex: site.blindIndex })

test('Anna’s yes sends one mail without advertising; opening its page does nothing, the button confirms', async () => {
  const { subjectId, to, browser } = await inGermany('Anna')
  const saved = await sayYes(browser)
  expect((await browser.open(saved.location)).$('main').text()).toContain('Te hemos enviado un correo')
  expect(await permission(subjectId)).toMatchObject({ decision: 'DENY', reason: 'DOUBLE_OPT_IN_MISSING' })
  const [mail, ...more] = mailsTo(to)
  expect(more).toEqual([])
  expect(mail?.text).not.toMatch(/%|descuento|oferta.*http/i)
  expect(mail?.html.match(/<a /g)).toHaveLength(1)

  const stranger = openBrowser(site.origin)
  const { pathname } = linkIn(mail?.text ?? '')
  for (let scan = 0; scan < 3; scan += 1) expect((await stranger.open(pathname)).status).toBe(200)
  expect(await permission(subjectId)).toMatchObject({ decision: 'DENY' })
  const page = await stranger.open(pathname)
  expect(page.$('h1').text()).toContain('¿Confirmas')
  expect(page.text).not.toContain(to)
  site.norte.pass(hour)
  const done = await stranger.submit(page, {})
  expect(done.$('h1').text()).toBe('Confirmado')
  expect(await permission(subjectId)).toMatchObject({ decision: 'PERMIT', reason: 'CONSENT_GIVEN' })

  const again = await stranger.submit(page, {})
  expect(again.$('h1').text()).toBe('Confirmado')
  const types = await site.norte.owner('consent_events').where({ subject_id: subjectId }).pluck('type')
  expect(types.sort()).toEqual(['confirmed', 'given'])
})

test('what proves the confirmation is the message, its wording and its times, sealed', async () => {
  const { subjectId, to, browser } = await inGermany('Bernd')
  await sayYes(browser)
  const [mail] = mailsTo(to)
  await openBrowser(site.origin).send(linkIn(mail?.text ?? '').pathname, { method: 'POST' })
  const [row] = await site.norte.owner('consent_events').where({ subject_id: subjectId, type: 'confirmed' })
  const place = { table: 'consent_events', column: 'sealed_evidence', row: row.event_id }
  const { particulars, evidence } = JSON.parse(
    await site.norte.sealer.openText(subjectId, place, row.sealed_evidence),
  )
  expect(particulars.message).toBe(mail?.headers['message-id'])
  expect(particulars.template).toMatch(/^[\w-]{43}$/)
  expect(Date.parse(particulars.sentAt)).toBeLessThanOrEqual(site.norte.clock.now().getTime())
  expect(evidence.surface).toBe('confirmation-link')
})

test('the permissions page shows what waits, and sends it again on request', async () => {
  const { to, browser } = await inGermany('Clara')
  await sayYes(browser)
  const page = await browser.open('/privacy/permissions')
  expect(page.$('main').text()).toContain('Dijiste que sí. Te hemos enviado un correo')
  const action = page.$('form[action$="/resend"]').attr('action') ?? ''
  const again = await browser.submit(page, {}, action)
  await site.settled()
  expect(again.location).toContain('confirmation-sent')
  expect(mailsTo(to)).toHaveLength(2)
  const other = await inGermany('Dieter')
  const theirs = await other.browser.open('/privacy/permissions')
  const token = theirs.$('input[name=_csrf]').attr('value') ?? ''
  const stolen = await other.browser.send(action, {
    method: 'POST',
    headers: {
      origin: site.origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ _csrf: token }).toString(),
  })
  expect(stolen.status).toBe(404)
})

test('however many ask at once, one mail leaves; one reminder a day later, and none after', async () => {
  const { subjectId, to, browser } = await inGermany('Emma')
  const { requestConfirmations } = await import('../../../src/features/consent/index.ts')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  await Promise.all(Array.from({ length: 8 }, () => requestConfirmations(site.confirmations, subjectId)))
  expect(mailsTo(to)).toHaveLength(1)
  site.norte.pass(25 * hour)
  await Promise.all([tend(), tend(), tend()])
  expect(mailsTo(to)).toHaveLength(2)
  expect(mailsTo(to)[1]?.subject).toContain('Falta tu confirmación')
  site.norte.pass(20 * hour)
  await tend()
  expect(mailsTo(to)).toHaveLength(2)
  expect((await browser.open('/privacy/permissions')).$('form[action$="/resend"]')).toHaveLength(1)
})

test('a yes that a crash left unasked is asked about by the job', async () => {
  const { subjectId, to } = await inGermany('Fritz')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  expect(mailsTo(to)).toHaveLength(0)
  await tend()
  expect(mailsTo(to)).toHaveLength(1)
})

test('one mailbox that cannot be written to keeps nobody else waiting, and is tried again', async () => {
  const [karl, lena] = [await inGermany('Karl'), await inGermany('Lena')]
  for (const { subjectId } of [karl, lena])
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  const { messages } = site.confirmations
  const down: typeof messages = {
    ...messages,
    askConfirmation: (to, message) =>
      to.kind === 'email' && to.address === karl.to
        ? Promise.reject(new Error('550 mailbox full'))
        : messages.askConfirmation(to, message),
  }
  const parts = { ...site.confirmations, identity: site.norte.work, blindIndex: site.blindIndex }
  await expect(tendConfirmations({ ...parts, messages: down })).rejects.toThrow(AggregateError)
  expect(mailsTo(lena.to)).toHaveLength(1)
  expect(mailsTo(karl.to)).toHaveLength(0)
  site.norte.pass(3 * 60_000)
  await tend()
  expect(mailsTo(karl.to)).toHaveLength(1)
  expect(mailsTo(lena.to)).toHaveLength(1)
})

test('a mailbox that fails again and again waits its turn: those behind it are written to, and it is tried again', async () => {
  await tend()
  const [nils, olga] = [await inGermany('Nils'), await inGermany('Olga')]
  const { messages } = site.confirmations
  const parts = { ...site.confirmations, identity: site.norte.work, blindIndex: site.blindIndex }
  let broken = [nils.to, olga.to]
  const asking: typeof messages = {
    ...messages,
    askConfirmation: (to, message) =>
      to.kind === 'email' && broken.includes(to.address)
        ? Promise.reject(new Error('550 mailbox full'))
        : messages.askConfirmation(to, message),
  }
  // One is looked at a turn, and the first in order is the one that fails.
  const turn = () => tendConfirmations({ ...parts, messages: asking }, 1)
  for (const { subjectId } of [nils, olga]) {
    await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
    site.norte.pass(1_000)
    await expect(tendConfirmations({ ...parts, messages: asking })).rejects.toThrow(AggregateError)
  }
  broken = [nils.to]
  site.norte.pass(3 * 60_000)
  await expect(turn()).rejects.toThrow(AggregateError)
  expect(mailsTo(olga.to)).toHaveLength(0)
  await turn()
  expect(mailsTo(olga.to)).toHaveLength(1)
  broken = []
  site.norte.pass(5 * 60_000)
  await turn()
  expect(mailsTo(nils.to)).toHaveLength(1)
})

test('children who answered for themselves never keep the others from being asked', async () => {
  for (const name of ['Emil', 'Frieda', 'Gustav']) {
    const child = await site.norte.register(name, { values: { birth_date: '2016-05-01' } })
    await site.norte.owner('subjects').where('subject_id', child).update({ jurisdiction: 'DE' })
    await site.norte.say(child, 'marketing.direct', 'email', 'yes')
    site.norte.pass(1000)
  }
  const helga = await inGermany('Helga')
  await site.norte.say(helga.subjectId, 'marketing.direct', 'email', 'yes')
  const parts = { ...site.confirmations, identity: site.norte.work, blindIndex: site.blindIndex }
  await tendConfirmations(parts, 2)
  expect(mailsTo(helga.to)).toHaveLength(1)
  expect(mailsTo('emil@correo.example')).toHaveLength(0)
})

test('after three days the link is over, and nothing was ever permitted', async () => {
  const { subjectId, to, browser } = await inGermany('Greta')
  await sayYes(browser)
  const { pathname } = linkIn(mailsTo(to)[0]?.text ?? '')
  site.norte.pass(73 * hour)
  const stranger = openBrowser(site.origin)
  expect((await stranger.open(pathname)).status).toBe(410)
  expect((await stranger.send(pathname, { method: 'POST' })).status).toBe(410)
  await tend()
  const [row] = await site.norte.owner('consent_confirmations').where({ subject_id: subjectId })
  expect(row.outcome).toBe('lapsed')
  // She has an account: her address stays.
  expect(await site.norte.count('identifiers', subjectId)).toBe(1)
})

test('an address that was never confirmed and has no account behind it is deleted', async () => {
  const { subjectId } = await inGermany('Hans')
  await site.norte.owner('identifiers').where({ subject_id: subjectId }).update({ verified_at: null })
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  await tend()
  site.norte.pass(73 * hour)
  expect(await tend()).toMatchObject({ forgotten: 1 })
  expect(await site.norte.count('identifiers', subjectId)).toBe(0)
})

test('whoever takes the yes back first has nothing left to confirm', async () => {
  const { subjectId, to, browser } = await inGermany('Ida')
  await sayYes(browser)
  site.norte.pass(1000)
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'no')
  const stranger = openBrowser(site.origin)
  const page = await stranger.send(linkIn(mailsTo(to)[0]?.text ?? '').pathname, { method: 'POST' })
  expect(page.$('h1').text()).toBe('No hay nada que confirmar')
  expect(await permission(subjectId)).toMatchObject({ decision: 'DENY', reason: 'CONSENT_REFUSED' })
})

test('a text message confirms its own number: the yes by e-mail does not cover the telephone', async () => {
  const { subjectId, to, browser } = await inGermany('Jonas')
  await addPhone(subjectId, '+34600111222')
  await sayYes(browser)
  await openBrowser(site.origin).send(linkIn(mailsTo(to)[0]?.text ?? '').pathname, { method: 'POST' })
  site.norte.pass(1000)
  await sayYes(browser, 'sms')
  expect(await permission(subjectId)).toMatchObject({ decision: 'PERMIT' })
  expect(await permission(subjectId, 'sms')).toMatchObject({ reason: 'DOUBLE_OPT_IN_MISSING' })
  const [text] = mailsTo('34600111222@sms.invalid')
  expect(mailsTo(to)).toHaveLength(1)
  await openBrowser(site.origin).send(linkIn(text?.text ?? '').pathname, { method: 'POST' })
  expect(await permission(subjectId, 'sms')).toMatchObject({ decision: 'PERMIT' })
})

test('a number that no message may go to is given up at once, and the yes never counts (R69)', async () => {
  const { subjectId } = await inGermany('Moritz')
  await addPhone(subjectId, '+4915112345678')
  await site.norte.say(subjectId, 'marketing.direct', 'sms', 'yes')
  const { messages } = site.confirmations
  let tries = 0
  const elsewhere: typeof messages = {
    ...messages,
    askConfirmation: () => {
      tries += 1
      return Promise.reject(refused('sms-country', 'no messages are sent to this country'))
    },
  }
  const parts = { ...site.confirmations, identity: site.norte.work, blindIndex: site.blindIndex }
  await tendConfirmations({ ...parts, messages: elsewhere }).catch(() => undefined)
  for (let minute = 0; minute < 5; minute += 1) {
    site.norte.pass(3 * 60_000)
    await tendConfirmations({ ...parts, messages: elsewhere })
  }
  expect(tries).toBe(2)
  const [row] = await site.norte.owner('consent_confirmations').where({ subject_id: subjectId })
  expect(row).toMatchObject({ outcome: 'lapsed', sent_at: null })
  expect(await permission(subjectId, 'sms')).toMatchObject({ decision: 'DENY' })
})

test('a link that is pressed without end is slowed down', async () => {
  const { to, browser } = await inGermany('Ilse')
  await sayYes(browser)
  const { href } = linkIn(mailsTo(to)[0]?.text ?? '')
  const statuses: number[] = []
  for (let n = 0; n < 80 && statuses.at(-1) !== 429; n += 1) {
    statuses.push((await fetch(new URL(new URL(href).pathname, site.origin), { method: 'POST' })).status)
  }
  expect(statuses[0]).toBe(200)
  expect(statuses.at(-1)).toBe(429)
})

test('a link of another use, a forged one and one for nobody answer alike', async () => {
  const stranger = openBrowser(site.origin)
  const other = site.sealedTokens.sealToken('withdraw consent', ['x'], new Date('2099-01-01'))
  const nobody = sealConfirmationLink(
    site.sealedTokens,
    { subjectId: site.norte.entropy.id(), confirmationId: site.norte.entropy.id() },
    new Date('2099-01-01'),
  )
  expect((await stranger.open(`/confirm/${other}`)).status).toBe(410)
  expect((await stranger.open('/confirm/forged')).status).toBe(410)
  expect((await stranger.open(`/confirm/${nobody}`)).$('h1').text()).toBe('No hay nada que confirmar')
})
