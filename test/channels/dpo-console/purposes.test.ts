import { load } from 'cheerio'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renewHouseCounts } from '../../../src/compose/purposes-console.ts'
import { undecidedPurposes } from '../../../src/features/consent/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { staffCookie } from '../matrix-visitor.ts'

let app: TestApp
let owner: Knex
let browser: ReturnType<typeof openBrowser>
const offers = '/dpo/purposes/marketing.direct'

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'test', 2)
  browser = openBrowser(app.origin)
  const { cookie = '' } = await staffCookie(owner, 'dpo')
  browser.cookies.set('placet_staff', cookie.split('=')[1] ?? '')
  await browser.open('/dpo/purposes')
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

/** What the form on a page would send if nothing were typed, with what is typed over it. */
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
const textOf = (html: string): string => load(html)('main').text().replaceAll(/\s+/g, ' ')
const draftForm = async () => formOn((await browser.open(`${offers}/draft`)).text, `${offers}/draft`)
const entries = async (action: string) => {
  const rows = await owner('audit_entries').where('entry', 'like', `%"${action}"%`)
  return rows.map(({ entry }) => JSON.parse(entry))
}
const copies = () => owner('purpose_working_copies').select('purpose_id', 'document')

const survey = {
  purpose: {
    id: 'survey.yearly',
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
      id: 'survey',
      version: 1,
      language: 'es',
      title: 'Encuesta anual',
      summary: 'Recibir una encuesta al año de Tienda Norte. Puedes retirarlo cuando quieras.',
      text: 'Correo Norte te envía una encuesta al año. Lo conservamos un año. Puedes retirarlo cuando quieras.',
    },
    {
      id: 'survey',
      version: 1,
      language: 'es',
      surface: 'voice',
      title: 'Encuesta anual',
      summary: '¿Te enviamos una encuesta al año?',
      text: 'Correo Norte te envía una encuesta al año. Lo conservamos un año. Puedes retirarlo cuando quieras.',
    },
  ],
}

test('the list tells of each purpose how it stands, and counts yes and no side by side with everybody else', async () => {
  const page = async () => {
    const { status, text } = await browser.open('/dpo/purposes')
    expect(status).toBe(200)
    return load(text)
  }
  const before = await page()
  expect(before('section[aria-labelledby=purpose-marketing-direct]').text()).toContain('Aún no se ha contado')
  expect(await renewHouseCounts(app.house)).toBe((await owner('purposes')).length)
  // Counted a moment ago, nothing is counted again, whoever asks: a page never does.
  expect(await renewHouseCounts(app.house)).toBe(0)
  const $ = await page()
  const card = $('section[aria-labelledby=purpose-marketing-direct]')
  expect(card.text()).toContain('Contado:')
  expect(card.text()).toContain('Ofertas y novedades')
  expect(card.text()).toContain('En vigor')
  expect(card.text()).toContain('Consentimiento')
  expect(card.text()).toContain('Correo electrónico · SMS')
  const counted = card
    .find('tbody tr')
    .toArray()
    .map((row) => Number($(row).find('td').eq(1).text()))
  const [people] = await owner('subjects').whereIn('state', ['active', 'locked']).count({ all: '*' })
  expect(counted).toHaveLength(3)
  expect(counted[0]).toBeGreaterThan(0)
  expect(counted.reduce((sum, one) => sum + one, 0)).toBe(Number(people?.['all']))
  expect(card.find('svg.shares__bar rect').length).toBe(4)
  expect($('section[aria-labelledby=purpose-auth-login]').text()).toContain('No se pregunta')
})

test('the menu shows what the powers of this member of staff open, and marks the page they are on', async () => {
  const { text } = await browser.open(offers)
  const $ = load(text)
  const row = $('.sections__row a').toArray()
  expect(row.map((link) => $(link).attr('href'))).toEqual([
    '/staff',
    '/dpo/purposes',
    '/dpo/campaigns',
    '/dpo/requests',
    '/dpo/people',
    '/dpo/stores',
    '/staff/proof',
    '/staff/calls/live',
  ])
  expect($('.sections__row [aria-current=true]').text()).toBe('Finalidades')
  const agent = openBrowser(app.origin)
  const { cookie = '' } = await staffCookie(owner, 'agent')
  agent.cookies.set('placet_staff', cookie.split('=')[1] ?? '')
  const refused = await agent.open('/dpo/purposes')
  expect(refused.status).toBe(403)
})

test('a form with a missing word or no kind of change is refused at its fields, saves nothing and loses nothing', async () => {
  const form = await draftForm()
  const typed = { ...form, 'title.0': '  ', 'summary.0': 'Recibir ofertas nuevas.' }
  const { status, text } = await browser.submit(`${offers}/draft`, typed)
  expect(status).toBe(422)
  const $ = load(text)
  expect(
    $('#error-summary a')
      .toArray()
      .map((link) => $(link).attr('href')),
  ).toEqual(['#change', '#title.0'])
  expect($('[id="title.0-error"]').text()).toContain('Escribe este texto')
  expect($('[id="summary.0"]').text()).toBe('Recibir ofertas nuevas.')
  expect(await copies()).toEqual([])
})

test('what the linter finds in a saved draft stands at its field and on top, and does not stop the saving', async () => {
  const form = await draftForm()
  const summary = 'Podemos enviarte ofertas para mejorar tu experiencia. Puedes retirarlo cuando quieras.'
  const saved = await browser.submit(`${offers}/draft`, {
    ...form,
    change: 'editorial',
    'summary.0': summary,
  })
  expect(saved.location).toBe(`${offers}/draft?done=saved`)
  const { text } = await browser.open(saved.location ?? '')
  const $ = load(text)
  expect(textOf(text)).toContain('Hemos guardado el borrador')
  expect($('.notice--warning a[href="#summary.0"]').length).toBe(2)
  expect($('[id="summary.0-below"]').text()).toContain('«Podemos»')
  expect($('[id="summary.0"]').attr('aria-describedby')).toContain('summary.0-below')
  expect(await entries('consent.purpose-draft-saved')).toMatchObject([
    {
      actor: expect.stringMatching(/^staff:/),
      about: 'purpose:marketing.direct',
      facts: { change: 'editorial' },
    },
  ])
  // Nobody is asked, shown or told anything by it.
  expect(app.house.registry.current().active.get('marketing.direct')?.version).toBe(1)
})

test('words that were found wanting are only published by somebody who says so', async () => {
  const { text } = await browser.open(`${offers}/publish`)
  const { despite: _, ...form } = formOn(text, `${offers}/publish`)
  expect(textOf(text)).toContain('No se vuelve a preguntar a nadie')
  const refused = await browser.submit(`${offers}/publish`, form)
  expect(refused.status).toBe(422)
  expect(load(refused.text)('#despite-error').text()).toContain('Corrige las palabras')
  expect(app.house.registry.current().active.get('marketing.direct')?.version).toBe(1)
})

test('a form that was overtaken saves nothing, says so, keeps what was typed and shows what stands there now', async () => {
  const first = await draftForm()
  const second = { ...first, change: 'material', 'summary.0': 'Recibir ofertas cada semana de Tienda Norte.' }
  expect((await browser.submit(`${offers}/draft`, second)).status).toBe(303)
  const before = await copies()
  const late = await browser.submit(`${offers}/draft`, {
    ...first,
    change: 'editorial',
    'summary.0': 'Tarde.',
  })
  expect(late.status).toBe(422)
  expect(textOf(late.text)).toContain('alguien ha cambiado esta finalidad a la vez')
  expect(load(late.text)('[id="summary.0"]').text()).toBe('Tarde.')
  expect(load(late.text)('[id="summary.0-below"]').text()).toContain('Recibir ofertas cada semana')
  expect(await copies()).toEqual(before)
  const gone = await browser.submit(`${offers}/discard`, { revision: first['seen']?.split('.')[1] ?? '' })
  expect(gone.status).toBe(422)
  expect(await copies()).toEqual(before)
})

test('a draft is seen as customers will see it: newcomers are asked, and whoever agreed is shown what changed', async () => {
  const fresh = await browser.open(`${offers}/preview?language=es&reader=new`)
  const $ = load(fresh.text)
  expect($('.screen input[type=radio]').length).toBe(4)
  expect($('.screen input[checked]').length).toBe(0)
  expect($('.screen form').length).toBe(0)
  const agreed = await browser.open(`${offers}/preview?language=es&reader=agreed`)
  expect(load(agreed.text)('.screen ins').text()).toContain('cada semana')
  const english = await browser.open(`${offers}/preview?language=en`)
  expect(load(english.text)('.screen').attr('lang')).toBe('en')
  expect(textOf(english.text)).toContain('Who receives it')
})

test('publishing a material change says how many will be asked again, and then they are (R97)', async () => {
  const index = app.house.platform.blindIndex.of('email', 'ana@correo.example')
  const subjectId = await app.house.reads.identifiers.findSubject(index)
  if (subjectId === undefined) throw new Error('no Ana')
  const { controller, brand } = app.house.names
  const asked = async () =>
    (await undecidedPurposes(app.house.ledger, { subjectId, controller, brand })).map(
      ({ choice }) => choice.key.purpose,
    )
  expect(await asked()).not.toContain('marketing.direct')

  const { text } = await browser.open(`${offers}/publish`)
  const { rows } = await owner.raw(
    "select count(distinct subject_id)::int as people from permissions where purpose_id = 'marketing.direct' and decision = 'PERMIT'",
  )
  expect(textOf(text)).toMatch(new RegExp(`Se volverá a preguntar a ${rows[0].people} persona`))
  expect(load(text)('ins').text()).toContain('cada semana')
  const form = { ...formOn(text, `${offers}/publish`), despite: 'yes' }
  const done = await browser.submit(`${offers}/publish`, form)
  expect(done.location).toBe(`${offers}?done=published`)
  expect(app.house.registry.current().active.get('marketing.direct')).toMatchObject({
    version: 2,
    reconsentMin: 2,
  })
  expect(await asked()).toContain('marketing.direct')
  expect(await copies()).toEqual([])
  // Sent twice, it is published once.
  const again = await browser.submit(`${offers}/publish`, form)
  expect(again.location).toBe(offers)
  expect(await owner('purpose_versions').where({ purpose_id: 'marketing.direct' })).toHaveLength(2)
})

test('the draft form takes the fields that it has, and no others (R106)', async () => {
  const form = { ...(await draftForm()), change: 'editorial' }
  const before = await copies()
  const many = Object.fromEntries(Array.from({ length: 401 }, (_, place) => [`title.${place}`, 'x']))
  for (const wrong of [{ recipients: 'todos' }, { 'title.0.es': 'x' }, { 'notes.0': 'x' }, many]) {
    expect((await browser.submit(`${offers}/draft`, { ...form, ...wrong })).status).toBe(422)
  }
  expect(await copies()).toEqual(before)
})

test('what is done to a purpose or a campaign is on record with the request that did it', async () => {
  for (const action of ['purpose-draft-saved', 'purpose-drafted', 'notice-published', 'purpose-published']) {
    const done = (await entries(`consent.${action}`)).filter(({ actor }) =>
      String(actor).startsWith('staff:'),
    )
    expect(done.length, action).toBeGreaterThan(0)
    for (const one of done) expect(one).toMatchObject({ channel: 'web', request: expect.any(String) })
  }
})

test('versions stand in a row, and any two can be compared word by word', async () => {
  const { text } = await browser.open(`${offers}?compare=1-2`)
  const $ = load(text)
  expect(
    $('.timeline h3')
      .toArray()
      .map((head) => $(head).text()),
  ).toEqual(['Versión 2', 'Versión 1'])
  expect($('section[aria-labelledby=difference] ins').text()).toContain('cada semana')
  expect(textOf(text)).toContain('Borrarlos destruiría la prueba')
  expect((await browser.open(`${offers}?compare=1-99`)).text).not.toContain('id="difference"')
  const file = await browser.open(`${offers}/dpv`)
  expect(file.headers.get('content-type')).toContain('application/ld+json')
  const purposes = JSON.parse(file.text)['@graph'].filter((node: { '@type': string[] }) =>
    node['@type'].includes('dpv:Purpose'),
  )
  expect(purposes).toMatchObject([{ 'dct:identifier': ['marketing.direct'], 'dct:hasVersion': ['2'] }])
})

test('people are asked again in a campaign that is planned once however often it is sent, started, followed and ended', async () => {
  const { text } = await browser.open('/dpo/campaigns')
  const form = { ...formOn(text, '/dpo/campaigns'), cool_off: 'P6M' }
  const day = (months: number) => {
    const at = new Date()
    at.setMonth(at.getMonth() + months)
    return at.toISOString().slice(0, 10)
  }
  const wrong = await browser.submit('/dpo/campaigns', {
    ...form,
    purpose: '',
    opens: '2026-02-30',
    closes: 'ayer',
  })
  expect(wrong.status).toBe(422)
  expect(load(wrong.text)('#opens').attr('value')).toBe('2026-02-30')
  const plan = { ...form, purpose: 'marketing.direct', opens: day(-1), closes: day(2) }
  const saved = await browser.submit('/dpo/campaigns', plan)
  const twice = await browser.submit('/dpo/campaigns', plan)
  const href = twice.location ?? ''
  expect(saved.location).toBe(`${href}?done=saved`)
  expect(await owner('reconsent_campaigns')).toHaveLength(1)

  expect(textOf((await browser.open(href)).text)).toContain('Sin empezar')
  expect((await browser.submit(`${href}/start`, {})).location).toBe(`${href}?done=started`)
  const running = await browser.open(href)
  expect(load(running.text)('svg.shares__bar')).toHaveLength(1)
  expect(textOf(running.text)).toContain('Faltan por preguntar')
  await renewHouseCounts(app.house)
  expect(textOf((await browser.open('/dpo/purposes')).text)).toMatch(/0 de \d+ personas preguntadas/)
  const again = await browser.submit(`${href}/start`, {})
  expect([again.status, textOf(again.text)]).toEqual([422, expect.stringContaining('ya se ha empezado')])
  expect((await browser.submit(`${href}/end`, {})).location).toBe(`${href}?done=ended`)
  // Its last count is one more, and then it stays as it was.
  await owner('house_counts')
    .where('name', 'like', 'campaign %')
    .update({ renew_at: new Date(0) })
  expect(await renewHouseCounts(app.house)).toBe(1)
  expect(await owner('house_counts').whereRaw("renew_at = 'infinity'").pluck('name')).toEqual([
    `campaign ${href.split('/').at(-1)}`,
  ])
  expect(textOf((await browser.open('/dpo/campaigns')).text)).toMatch(/Contado: /)
  for (const step of ['drafted', 'started', 'ended']) {
    expect(await entries(`consent.campaign-${step}`)).toMatchObject([
      { actor: expect.stringMatching(/^staff:/), channel: 'web', request: expect.any(String) },
    ])
  }
})

test.each([
  ['no JSON', '{"purpose":', 'Pega un documento JSON completo'],
  ['something missing', '{"purpose":{"id":"a.b"},"notices":[]}', 'purpose.bases'],
  [
    'data the catalogue does not have',
    JSON.stringify({ ...survey, purpose: { ...survey.purpose, attributes: ['shoe_size'] } }),
    'Usa los nombres del catálogo',
  ],
  [
    'a validity that is none',
    JSON.stringify({ ...survey, purpose: { ...survey.purpose, validity: 'two years' } }),
    'Escribe la validez como una duración',
  ],
  [
    'a language there cannot be',
    JSON.stringify({ ...survey, notices: [{ ...survey.notices[0], language: 'es_ES' }] }),
    'notices.0.language',
  ],
  [
    'the same text twice',
    JSON.stringify({ ...survey, notices: [survey.notices[0], survey.notices[0]] }),
    'repeated (es screen)',
  ],
])('a pasted document with %s is refused and kept as it was pasted', async (_, document, words) => {
  const { text } = await browser.open('/dpo/purpose-document')
  const form = formOn(text, '/dpo/purpose-document')
  const refused = await browser.submit('/dpo/purpose-document', { ...form, document })
  expect(refused.status).toBe(422)
  expect(textOf(refused.text)).toContain(words)
  expect(load(refused.text)('#document').text()).toBe(document)
  expect(await copies()).toEqual([])
})

test('a new purpose is pasted, read out as the agent will read it, and thrown away without a trace in the registry', async () => {
  const form = formOn((await browser.open('/dpo/purpose-document')).text, '/dpo/purpose-document')
  const saved = await browser.submit('/dpo/purpose-document', { ...form, document: JSON.stringify(survey) })
  expect(saved.location).toBe('/dpo/purposes/survey.yearly/draft?done=saved')
  expect(textOf((await browser.open('/dpo/purposes')).text)).toContain('Encuesta anual')
  const voice = await browser.open('/dpo/purposes/survey.yearly/preview?surface=voice')
  expect(load(voice.text)('.screen blockquote').text()).toContain('¿Te enviamos una encuesta al año?')
  const screen = await browser.open('/dpo/purposes/survey.yearly/preview?surface=screen')
  expect(load(screen.text)('.screen input[type=radio]')).toHaveLength(2)
  const page = await browser.open('/dpo/purposes/survey.yearly')
  const discard = formOn(page.text, '/dpo/purposes/survey.yearly/discard')
  expect((await browser.submit('/dpo/purposes/survey.yearly/discard', discard)).location).toBe(
    '/dpo/purposes',
  )
  expect((await browser.open('/dpo/purposes/survey.yearly')).status).toBe(404)
  expect(await owner('purposes').where({ purpose_id: 'survey.yearly' })).toEqual([])
  expect(await entries('consent.purpose-draft-discarded')).toHaveLength(1)
})

test('a purpose is retired for a reason, stays to be read, and is written no further', async () => {
  const shop = '/dpo/purposes/personalisation.onsite'
  const refused = await browser.submit(`${shop}/retire`, { reason: ' ' })
  expect(refused.status).toBe(422)
  expect(load(refused.text)('#reason-error').text()).toContain('Escribe el motivo')
  const done = await browser.submit(`${shop}/retire`, { reason: 'Ya no ordenamos la tienda' })
  expect(done.location).toBe(`${shop}?done=retired`)
  const { text } = await browser.open(shop)
  expect(textOf(text)).toContain('Nadie puede usar datos para esto')
  expect(load(text)(`a[href="${shop}/draft"]`)).toHaveLength(0)
  expect((await browser.open(`${shop}/draft`)).location).toBe(shop)
  const [{ retired_at: since }] = await owner('purposes').where({ purpose_id: 'personalisation.onsite' })
  expect((await browser.open(`${shop}/retire`)).location).toBe(shop)
  expect((await browser.submit(`${shop}/retire`, { reason: 'Otra vez' })).location).toBe(shop)
  expect(await owner('purposes').where({ purpose_id: 'personalisation.onsite' })).toMatchObject([
    { retired_at: since },
  ])
  expect(await entries('consent.purpose-retired')).toMatchObject([{ reason: 'Ya no ordenamos la tienda' }])
})
