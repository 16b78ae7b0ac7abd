import { createHash } from 'node:crypto'
import { load } from 'cheerio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { enrol } from '../../house/enrolling.ts'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { type Kiosk, kioskCalls } from '../../oidc/support/device-flow.ts'
import { dpopProof, makeKey } from '../../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { staffCookie } from '../matrix-visitor.ts'

/* The officer writes the words that a kiosk and a store read, on the pages of the console. */
let app: TestApp
let owner: ReturnType<typeof openLane>
let officer: ReturnType<typeof openBrowser>
let kiosk: Kiosk
const from = '198.51.100.20'
const offers = '/dpo/purposes/marketing.direct'

beforeAll(async () => {
  app = await startTestApp({ people: true, environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
  owner = openLane(app.database.connection, 'words', 1)
  officer = openBrowser(app.origin)
  const { cookie = '' } = await staffCookie(owner, 'dpo')
  officer.cookies.set('placet_staff', cookie.split('=')[1] ?? '')
  const { touchpoints, terminals } = commandHouse(app.house)
  await touchpoints.add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  await touchpoints.add({
    id: 'gran-via',
    kind: 'store',
    name: 'Tienda Gran Vía',
    parent: 'norte',
    network: ['198.51.100.0/24'],
  })
  await touchpoints.add({ id: 'gran-via-3', kind: 'terminal', name: 'Quiosco 3', parent: 'gran-via' })
  const { code } = await terminals.code('gran-via-3')
  const key = await makeKey()
  const { body } = await enrol(app, { code, key, from })
  kiosk = { clientId: String(body['client_id']), key }
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const formOn = (html: string, action: string): Record<string, string> => {
  const $ = load(html)
  const form = $(`form[action="${action}"]`)
  expect(form).toHaveLength(1)
  const fields = form
    .find('input[name][type=hidden], input[name][type=text], textarea[name]')
    .toArray()
    .map((field) => [$(field).attr('name') ?? '', $(field).attr('value') ?? $(field).text()] as const)
  return Object.fromEntries(fields.filter(([name]) => name !== '_csrf'))
}
const draft = async () => formOn((await officer.open(`${offers}/draft`)).text, `${offers}/draft`)
const headings = (html: string) =>
  load(html)('section.card > h2')
    .toArray()
    .map((one) => load(one).text())
const textOf = (html: string): string => load(html)('main').text().replaceAll(/\s+/g, ' ')
async function publish(despite = false) {
  const { text } = await officer.open(`${offers}/publish`)
  const form = { ...formOn(text, `${offers}/publish`), ...(despite ? { despite: 'yes' } : {}) }
  return officer.submit(`${offers}/publish`, form)
}

/** Ana signs in at the kiosk with her phone, and reads what it asks her. */
async function atKiosk(): Promise<{ screen: Visitor; text: string }> {
  await owner('rate_limits').delete()
  const calls = kioskCalls(app.origin)
  const started = await (await calls.ask(kiosk, { from })).json()
  const phone = new Visitor(app.origin)
  await phone.signIn(`/device?user_code=${started.user_code}`, personCalled('ana'))
  await phone.submit('/device/answer', {
    user_code: started.user_code,
    decision: 'approve',
    number: started.binding_number,
  })
  const { body } = await calls.poll(kiosk, started.device_code, { from })
  const token = String(body['access_token'])
  const ath = createHash('sha256').update(token).digest('base64url')
  const screen = new Visitor(app.origin)
  await screen.open('/staff/sign-in')
  const opened = await screen.ask('/kiosk/session', {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `DPoP ${token}`,
      dpop: await dpopProof(kiosk.key, 'POST', `${app.origin}/kiosk/session`, { ath }),
      'x-csrf-token': screen.csrf,
      'x-forwarded-for': from,
    },
  })
  expect(opened.status).toBe(201)
  return { screen, text: (await screen.open('/kiosk/choices')).text }
}

test('what has no words for a kiosk is not asked there; the officer adds them to the draft, sees them, and then it is (R46)', async () => {
  expect(textOf((await atKiosk()).text)).not.toContain('Ofertas y novedades')
  const added = await officer.submit(`${offers}/draft`, {
    ...(await draft()),
    change: 'editorial',
    add: 'kiosk',
  })
  expect(added.location).toContain(`${offers}/draft?done=saved`)
  await officer.submit(`${offers}/draft`, { ...(await draft()), change: 'editorial', add: 'store' })
  const { text } = await officer.open(`${offers}/draft`)
  expect(headings(text)).toEqual([
    'Pantalla, en español',
    'Pantalla, en inglés',
    'Quiosco, en español',
    'Quiosco, en inglés',
    'Tienda, en español',
    'Tienda, en inglés',
    'Plazo y forma de pararlo',
    'Palabras para otros sitios',
  ])
  // What is there is not offered again.
  expect(
    load(text)('button[name=add]')
      .toArray()
      .map((one) => load(text)(one).attr('value')),
  ).toEqual(['voice', 'paper'])
  // They begin as the words of the screen, left as they are in Spanish, and written anew in English.
  const form = await draft()
  await officer.submit(`${offers}/draft`, { ...form, change: 'editorial', 'title.3': 'Offers, at the kiosk' })
  const preview = await officer.open(`${offers}/preview?language=en&surface=kiosk`)
  expect(load(preview.text)('.screen h2').text()).toContain('Offers, at the kiosk')
  expect(load(preview.text)('.screen input[type=radio]').length).toBe(4)
  expect((await publish(true)).location).toBe(`${offers}?done=published`)

  const { screen, text: asked } = await atKiosk()
  expect(textOf(asked)).toContain('Ofertas y novedades')
  const $ = load(asked)
  const fields = Object.fromEntries(
    $('main form input[type=hidden]')
      .toArray()
      .map((one) => [$(one).attr('name') ?? '', $(one).attr('value') ?? '']),
  )
  const review = await screen.submit($('main form').attr('action') ?? '', {
    ...fields,
    'choice.marketing.direct.email': 'no',
    decide: 'review',
  })
  expect(review.status).toBe(200)
  expect(textOf(review.text)).toContain('Ofertas y novedades')
})

test('the next version carries on with the words of every place; one that loses those of the kiosk says so before it counts', async () => {
  expect(Object.keys(await draft())).toContain('title.5')
  const page = await officer.open(`${offers}/document`)
  const { document = '', seen = '' } = formOn(page.text, `${offers}/document`)
  const whole = JSON.parse(document)
  const without = (surface: string) => ({
    ...whole,
    notices: whole.notices.filter((one: { surface?: string }) => one.surface !== surface),
  })
  const saved = await officer.submit(`${offers}/document`, {
    seen,
    document: JSON.stringify(without('kiosk')),
  })
  expect(saved.location).toBe(`${offers}/draft?done=saved`)
  const drafted = await officer.open(saved.location ?? '')
  expect(textOf(drafted.text)).toContain('Quiosco: Sin palabras para este sitio, dejará de preguntarse allí.')
  expect(load(drafted.text)('.notice--warning a[href="#add-kiosk"]')).toHaveLength(1)
  expect(load(drafted.text)('button#add-kiosk')).toHaveLength(1)

  const before = await officer.open(`${offers}/publish`)
  expect(textOf(before.text)).toContain('Quiosco: Sin palabras para este sitio, dejará de preguntarse allí.')
  expect(textOf(before.text)).not.toContain('Tienda: Sin palabras')
  expect((await publish()).status).toBe(422)
  expect((await publish(true)).location).toBe(`${offers}?done=published`)
  expect(textOf((await atKiosk()).text)).not.toContain('Ofertas y novedades')
  const published = await owner('audit_entries').where('entry', 'like', '%"consent.purpose-published"%')
  expect(published.filter(({ entry }) => entry.includes('surface-without-words'))).toHaveLength(1)
  // Words for the store were left as they were.
  const registry = app.house.registry.current()
  const version = registry.active.get('marketing.direct')?.version
  const worded = registry.notices.filter(
    (one) => one.purpose === 'marketing.direct' && one.purposeVersion === version,
  )
  expect(new Set(worded.map(({ surface }) => surface))).toEqual(new Set(['screen', 'store']))
})

test('a file may name every place there is, and no other (R106)', async () => {
  const { registry } = app.house
  const kioskOnly = (surface: string) => ({
    purpose: {
      id: 'survey.kiosk',
      class: 'analytics',
      bases: ['consent'],
      attributes: ['email'],
      contactChannels: ['email'],
      recipients: ['correo-norte'],
      retention: { es: 'Un año' },
      howToStop: { es: 'En tu centro de privacidad' },
      dpv: 'https://w3id.org/dpv#Survey',
      change: 'material',
    },
    notices: [
      {
        id: 'survey-kiosk',
        version: 1,
        language: 'es',
        surface,
        title: 'Encuesta en la tienda',
        summary: 'Recibir una encuesta al año de Tienda Norte. Puedes retirarlo cuando quieras.',
        text: 'Correo Norte te envía una encuesta al año. Lo conservamos un año. Puedes retirarlo cuando quieras.',
      },
    ],
  })
  const { purposes } = commandHouse(app.house)
  for (const surface of ['kiosk', 'store', 'screen', 'voice', 'paper']) {
    expect((await purposes.lint(kioskOnly(surface) as never)).findings).toEqual([])
  }
  await expect(purposes.lint(kioskOnly('billboard') as never)).rejects.toMatchObject({
    code: 'invalid-input',
  })
  const [shown] = await purposes.preview(kioskOnly('kiosk') as never)
  expect(shown).toMatchObject({ surface: 'kiosk', title: 'Encuesta en la tienda' })
  expect(registry.current().active.has('survey.kiosk')).toBe(false)
})
