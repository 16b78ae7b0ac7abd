import { load } from 'cheerio'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openRequest } from '../../../src/features/privacy-requests/index.ts'
import type { StaffId } from '../../../src/kernel/ids.ts'
import { type CustomerSite, openBrowser, openCustomerSite } from './customer-site.ts'

let site: CustomerSite
beforeAll(async () => {
  site = await openCustomerSite()
})
afterAll(() => site.close())
afterEach(() => expect(site.failures).toEqual([]))

const wordsOf = ({ text }: { readonly text: string }) => load(text)('main').text().replaceAll(/\s+/g, ' ')

test('Ana asks for a copy of her data, finds it with its reference and day, on the first page too, and takes it back', async () => {
  const subjectId = await site.norte.register('Ana')
  const browser = openBrowser(site.origin, subjectId)
  const empty = await browser.open('/privacy/requests')
  expect(wordsOf(empty)).toContain('No has pedido nada todavía')
  const form = await browser.open('/privacy/new-request')
  expect(form.$('h1').text()).toBe('¿Qué quieres pedir?')
  expect(form.$('input[type=radio][checked]').length).toBe(0)

  const sent = await browser.submit(form, { right: 'access', words: '<b>Todo</b>\nlo que haya' })
  expect(sent.status).toBe(303)
  const page = await browser.open(sent.location)
  expect(wordsOf(page)).toMatch(/Hemos recibido tu solicitud\..*Una copia de tus datos.*En curso/)
  expect(wordsOf(page)).toContain('22 de diciembre de 2026')
  expect(page.$('.as-typed').text()).toBe('<b>Todo</b>\nlo que haya')
  // Sent twice by an impatient hand, it is still one.
  await browser.submit(form, { right: 'access', words: '<b>Todo</b>\nlo que haya' })
  const list = await browser.open('/privacy/requests')
  expect(list.$('main .card').length).toBe(1)
  expect(wordsOf(list)).toMatch(/SOL-\w{4}-\w{2}/)
  const overview = await browser.open('/privacy')
  expect(wordsOf(overview)).toMatch(
    /Una copia de tus datos ?Te respondemos como muy tarde el 22 de diciembre de 2026/,
  )
  expect(wordsOf(overview)).toContain('1 solicitud abierta.')

  const shown = await browser.open(sent.location)
  const action = shown.$('details form').attr('action') ?? ''
  const back = await browser.submit(shown, {}, action)
  expect(back.status).toBe(303)
  expect(wordsOf(await browser.open(back.location))).toMatch(/Has retirado la solicitud\..*Retirada/)
  const again = await browser.submit(shown, {}, action)
  expect(again.status).toBe(422)
  expect(wordsOf(again)).toContain('Esta solicitud ya no está abierta.')
  expect(wordsOf(await browser.open('/privacy'))).toContain('No tienes solicitudes abiertas.')
})

test('what was typed is kept where something is missing or too long', async () => {
  const browser = openBrowser(site.origin, await site.norte.register('Bruno'))
  const form = await browser.open('/privacy/new-request?right=erasure')
  expect(form.$('input[type=radio][checked]').val()).toBe('erasure')
  const plain = await browser.open('/privacy/new-request')
  const missing = await browser.submit(plain, { words: 'Mi apellido está mal' })
  expect(missing.status).toBe(422)
  expect(missing.$('textarea').text()).toBe('Mi apellido está mal')
  expect(missing.$('#right-error').text()).toContain('Elige qué quieres pedir.')
  const long = 'ñ'.repeat(2_001)
  const tooLong = await browser.submit(plain, { right: 'rectification', words: long })
  expect(tooLong.status).toBe(422)
  expect(tooLong.$('textarea').text()).toBe(long)
  expect(tooLong.$('input[type=radio][checked]').val()).toBe('rectification')
  const invented = await browser.submit(plain, { right: 'everything' })
  expect(invented.status).toBe(422)
  expect(wordsOf(await browser.open('/privacy/requests'))).toContain('No has pedido nada todavía')
})

test('Carmen sees no request of Ana’s and takes none back, and neither address says whether there is one (R104)', async () => {
  const diego = await site.norte.register('Diego')
  const asked = await openRequest(site.privacyRequests, {
    subjectId: diego,
    right: 'access',
    actor: site.norte.asSubject(diego),
    evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
    receivedAt: site.norte.clock.now(),
    idempotencyKey: 'diego',
  })
  const carmen = openBrowser(site.origin, await site.norte.register('Carmen'))
  for (const id of [asked.id, '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11', 'x']) {
    expect((await carmen.open(`/privacy/requests/${id}`)).status).toBe(404)
  }
  const form = await carmen.open('/privacy/new-request')
  const csrf = form.$('input[name=_csrf]').attr('value') ?? ''
  const tried = await carmen.send(`/privacy/requests/${asked.id}/take-back`, {
    method: 'POST',
    headers: { origin: site.origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ _csrf: csrf }).toString(),
  })
  expect(tried.status).toBe(404)
  const [row] = await site.norte.owner('privacy_requests').where({ subject_id: diego })
  expect(row.state).toBe('open')
  await site.settled()
})

test('a request that an agent opened is told of by mail, in English; its link shows it, does nothing by itself, and ends it by one button', async () => {
  const subjectId = await site.norte.register('Elena')
  await openRequest(site.privacyRequests, {
    subjectId,
    right: 'portability',
    actor: {
      kind: 'staff',
      staffId: site.norte.entropy.id<'staff'>() as StaffId,
      roles: ['agent'],
      assurance: 'passkey',
    },
    evidence: { channel: 'call-centre', surface: 'agent-console', language: 'en', touchpoint: 'desk-4' },
    receivedAt: site.norte.clock.now(),
    idempotencyKey: 'elena',
    particulars: { call: 'LL-4F7K' },
  })
  await site.settled()
  const mail = site.outbox.last('elena@correo.example')
  expect(mail?.text).toContain('made in your name')
  const path = /https?:\/\/[^\s]+(\/request-not-mine\/[\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
  const stranger = openBrowser(site.origin)
  const page = await stranger.open(path)
  expect(page.status).toBe(200)
  expect(page.$('h1').text()).toBe('¿No has pedido esto tú?')
  expect(page.text).not.toContain('Elena')
  const stateOf = async () =>
    (await site.norte.owner('privacy_requests').where({ subject_id: subjectId }))[0].state
  expect(await stateOf()).toBe('open')
  for (const _ of [1, 2]) {
    const done = await stranger.submit(page, {})
    expect([done.status, done.$('h1').text()]).toEqual([200, 'Queda anulado'])
  }
  expect(await stateOf()).toBe('withdrawn')
  expect(await site.norte.owner('outbox_events').where({ type: 'privacy-request.not-mine' })).toHaveLength(1)
  expect((await stranger.open(`${path.slice(0, -3)}xxx`)).status).toBe(410)
  const own = openBrowser(site.origin, subjectId)
  expect(wordsOf(await own.open('/privacy/requests'))).toContain('Anulada')
})

test('whose last day has passed is told that we are late, and where to complain', async () => {
  const subjectId = await site.norte.register('Fermin')
  const browser = openBrowser(site.origin, subjectId)
  const form = await browser.open('/privacy/new-request')
  const sent = await browser.submit(form, { right: 'objection' })
  await site.settled()
  site.norte.pass(40 * 86_400_000)
  expect(wordsOf(await browser.open(sent.location))).toContain(
    'Vamos tarde: puedes reclamar ante la autoridad de control.',
  )
})
