import { compactVerify, importJWK } from 'jose'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { recordChoices } from '../../../src/features/consent/index.ts'
import {
  createClient,
  pgDisclosureLog,
  pgReleaseReader,
  releaseClaims,
} from '../../../src/features/recipients/index.ts'
import { dpo, evidence, house } from '../../features/consent/consent-house.ts'
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

test('a stranger is sent to sign in and comes back to the page they wanted', async () => {
  const browser = openBrowser(site.origin)
  const away = await browser.open('/privacy/history')
  expect(away.status).toBe(303)
  const url = new URL(away.location, site.origin)
  expect(url.pathname).toBe('/oidc/auth')
  const state = url.searchParams.get('state') ?? ''
  const back = await browser.open(`/privacy/signed-in?code=x&state=${state}`)
  expect(back.location).toBe('/privacy/history')
  expect((await browser.open('/privacy/signed-in?code=x&state=forged')).status).toBe(410)
})

test.each([
  '/privacy',
  '/privacy/permissions',
  '/privacy/history',
  '/privacy/your-data',
  '/privacy/recipients',
])('%s is a whole page that is kept nowhere and runs nothing inline', async (path) => {
  const { browser } = await visit(`Pagina${Math.random()}`)
  const page = await browser.open(path)
  expect(page.status).toBe(200)
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.$('h1')).toHaveLength(1)
  expect(page.$('script:not([src]), [style], [onclick]')).toHaveLength(0)
})

test('nothing is chosen before the person chooses, and yes takes as many clicks as no (R94)', async () => {
  const { browser } = await visit('Ana')
  const page = await browser.open('/privacy/permissions')
  expect(page.$('input[checked]')).toHaveLength(0)
  for (const group of page.$('[role=radiogroup]').toArray()) {
    expect(
      page
        .$(group)
        .find('input')
        .toArray()
        .map(({ attribs }) => attribs['value']),
    ).toEqual(['yes', 'no'])
  }
  const [all, none] = page.$('button[name=all]').toArray()
  expect(all?.attribs['class']).toBe(none?.attribs['class'])
})

test('Bruno says yes to e-mail: saved, with a receipt he can read, download and verify', async () => {
  const { browser, subjectId } = await visit('Bruno')
  const page = await browser.open('/privacy/permissions')
  const saved = await browser.submit(page, { 'choice.marketing.direct.email': 'yes', decide: 'save' })
  expect(saved.status).toBe(303)
  expect(saved.location).toMatch(/^\/privacy\/permissions\/saved\//)
  expect(await site.norte.count('consent_events', subjectId)).toBe(1)

  const told = await browser.open(saved.location)
  expect(told.$('main').text()).toContain('Novedades y ofertas')
  const receiptHref = told.$('a[href^="/privacy/receipts/"]').attr('href') ?? ''
  const receipt = await browser.open(receiptHref)
  expect(receipt.$('blockquote').text()).toContain('Texto completo, versión 1')
  expect(receipt.$('main').text()).toContain('Tienda Norte, S.L.')
  expect(receipt.$('main').text()).toContain('AEPD')

  const file = await browser.open(`${receiptHref}.jws`)
  expect(file.headers.get('content-type')).toBe('application/jose')
  expect(file.headers.get('content-disposition')).toContain('attachment')
  const { protectedHeader } = await compactVerify(file.text, await importJWK(site.norte.publicJwk, 'ES256'))
  expect(protectedHeader.typ).toBe('consent-receipt+jwt')

  const again = await browser.open('/privacy/permissions')
  expect(again.$('input[name="choice.marketing.direct.email"][value=yes]').attr('checked')).toBeDefined()
})

test('taking it back is the same page, the same click, and leads to a page that regrets nothing', async () => {
  const { browser, subjectId } = await visit('Carmen')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  site.norte.pass(1000)
  const page = await browser.open('/privacy/permissions')
  const saved = await browser.submit(page, { 'choice.marketing.direct.email': 'no', decide: 'save' })
  const told = await browser.open(saved.location)
  expect(told.$('h1').text()).toBe('Hecho: lo hemos parado')
  const [permission] = await site.norte.parts.records.permissionsOf(subjectId)
  expect(permission).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
})

test('one button refuses everything shown, the other accepts everything shown', async () => {
  const { browser, subjectId } = await visit('Diego')
  await browser.submit(await browser.open('/privacy/permissions'), { all: 'no' })
  const types = () =>
    site.norte.owner('consent_events').where('subject_id', subjectId).orderBy('event_id').pluck('type')
  expect(await types()).toEqual(['refused', 'refused', 'refused'])
  site.norte.pass(1000)
  await browser.submit(await browser.open('/privacy/permissions'), { all: 'yes' })
  expect((await types()).slice(3)).toEqual(['given', 'given', 'given'])
})

test('saving without changing anything records nothing, and neither does sending the form twice', async () => {
  const { browser, subjectId } = await visit('Elena')
  const page = await browser.open('/privacy/permissions')
  const fields = { 'choice.marketing.direct.email': 'yes', decide: 'save' }
  const twice = await Promise.all([browser.submit(page, fields), browser.submit(page, fields)])
  expect(twice[0].location).toBe(twice[1].location)
  expect(twice[0].location).toContain('/saved/')
  expect(await site.norte.count('consent_events', subjectId)).toBe(1)
  const unchanged = await browser.submit(await browser.open('/privacy/permissions'), { decide: 'save' })
  expect(unchanged.location).toBe('/privacy/permissions?done=unchanged')
  expect((await browser.open(unchanged.location)).text).toContain('No has cambiado nada')
  expect(await site.norte.count('consent_events', subjectId)).toBe(1)
})

test('an answer that is neither yes nor no is said at its field, and nothing is lost or recorded', async () => {
  const { browser, subjectId } = await visit('Fatima')
  const page = await browser.open('/privacy/permissions')
  const wrong = await browser.submit(page, {
    'choice.marketing.direct.email': 'maybe',
    'choice.marketing.direct.sms': 'no',
    decide: 'save',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.$('#error-summary').text()).toContain('Elige Sí o No')
  expect(wrong.$('input[name="choice.marketing.direct.sms"][value=no]').attr('checked')).toBeDefined()
  expect(await site.norte.count('consent_events', subjectId)).toBe(0)
})

test('an old page sent again with other answers records nothing, shows how things stand, and can be decided anew (R92)', async () => {
  const { browser, subjectId } = await visit('Ernesto')
  const page = await browser.open('/privacy/permissions')
  await browser.submit(page, { 'choice.marketing.direct.email': 'yes', decide: 'save' })
  const other = await browser.submit(page, { 'choice.marketing.direct.email': 'no', decide: 'save' })
  expect(other.status).toBe(422)
  expect(other.$('#error-summary').text()).toContain('decide otra vez')
  expect(await site.norte.count('consent_events', subjectId)).toBe(1)
  site.norte.pass(1000)
  expect((await browser.submit(other, { decide: 'save' })).location).toContain('/saved/')
})

test('a field that is not of the form is refused: nobody can name another person or another time (R106)', async () => {
  const { browser, subjectId } = await visit('Gloria')
  const page = await browser.open('/privacy/permissions')
  for (const field of ['subjectId', 'actor', 'occurredAt', 'choice.subject', 'shown.__proto__']) {
    const refused = await browser.submit(page, { all: 'yes', [field]: 'x' })
    expect(refused.status).toBe(422)
  }
  expect(await site.norte.count('consent_events', subjectId)).toBe(0)
})

test('a form from another site, or without its token, changes nothing (R109)', async () => {
  const { browser, subjectId } = await visit('Hugo')
  const page = await browser.open('/privacy/permissions')
  const foreign = await browser.send('/privacy/permissions', {
    method: 'POST',
    headers: {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      all: 'yes',
      _csrf: page.$('input[name=_csrf]').attr('value') ?? '',
    }).toString(),
  })
  expect(foreign.status).toBe(403)
  const tokenless = await browser.submit(page, { all: 'yes', _csrf: '' })
  expect(tokenless.status).toBe(403)
  expect(await site.norte.count('consent_events', subjectId)).toBe(0)
})

test('objecting to a legitimate interest is one click, and shows', async () => {
  const { browser } = await visit('Irene')
  const page = await browser.open('/privacy/permissions')
  const objected = await browser.submit(page, {}, '/privacy/permissions/fraud.prevention/object')
  const after = await browser.open(objected.location)
  expect(after.text).toContain('Te has opuesto')
  expect(after.$('form[action="/privacy/permissions/fraud.prevention/object"]')).toHaveLength(0)
})

test('the history tells every decision with its receipt, newest first', async () => {
  const { browser, subjectId } = await visit('Javier')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  site.norte.pass(60_000)
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'no')
  const page = await browser.open('/privacy/history')
  expect(
    page
      .$('.timeline h2')
      .toArray()
      .map((one) => page.$(one).text()),
  ).toEqual(['Retiraste tu permiso: Novedades y ofertas', 'Dijiste que sí: Novedades y ofertas'])
  const href = page.$('.timeline a[href*="event="]').first().attr('href') ?? ''
  expect((await browser.open(href)).text).toContain('Retiraste tu permiso para')
})

test("another person's receipt does not exist", async () => {
  const { subjectId } = await visit('Laura')
  const outcome = await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  if (outcome.outcome !== 'recorded') throw new Error('not recorded')
  const { browser } = await visit('Mario')
  for (const path of [
    `receipts/${outcome.receiptId}`,
    `receipts/${outcome.receiptId}.jws`,
    `permissions/saved/${outcome.receiptId}`,
  ]) {
    expect((await browser.open(`/privacy/${path}`)).status).toBe(404)
  }
})

test('your data shows each value with its source, and what was declared can be corrected', async () => {
  const { browser, subjectId } = await visit('Nuria')
  const page = await browser.open('/privacy/your-data')
  expect(page.$('main').text()).toContain('nuria@correo.example')
  const edit = await browser.open('/privacy/your-data/given_name')
  expect(edit.$('input[name=given_name]').attr('value')).toBe('Nuria')
  const saved = await browser.submit(edit, { given_name: 'Núria' })
  expect(saved.location).toBe('/privacy/your-data?done=saved')
  expect((await browser.open(saved.location)).$('main').text()).toContain('Núria')
  const rows = await site.norte
    .owner('assertions')
    .where({ subject_id: subjectId, attribute_id: 'given_name' })
  expect(rows).toHaveLength(2)
  expect((await browser.open('/privacy/your-data/email')).status).toBe(404)
  const tooLong = await browser.submit(edit, { given_name: 'x'.repeat(300) })
  expect(tooLong.status).toBe(422)
  expect((await browser.submit(edit, { given_name: 'Núria', shoe_size: '40' })).status).toBe(422)
})

test('who received what is told by name, with the reason and the text it rests on', async () => {
  const { norte } = site
  await createClient(norte, {
    actor: dpo,
    client: {
      clientId: 'boletin',
      recipientId: 'newsletter',
      firstParty: false,
      purposeId: 'marketing.direct',
      contactChannel: 'email',
      brandId: undefined,
      channel: 'api',
      metadata: {},
    },
  })
  const release = releaseClaims({
    reader: pgReleaseReader(norte.reader, { sealer: norte.sealer, controller: house.controller }),
    disclosures: pgDisclosureLog(norte.sharedPool),
    registry: norte.registry,
    house,
    clock: norte.clock,
    entropy: norte.entropy,
  })
  const { browser, subjectId } = await visit('Olga')
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  for (let times = 0; times < 12; times += 1) {
    await release({
      subjectId,
      clientId: 'boletin',
      exit: 'userinfo',
      scopes: ['email'],
      requestedClaims: [],
    })
  }
  const page = await browser.open('/privacy/recipients')
  expect(page.$('main h2').first().text()).toContain('Correo Claro')
  expect(page.$('main').text()).toContain('Porque dijiste que sí')
  expect(page.$('main').text()).toContain('Los recibe')
  const older = page.$('a[href^="/privacy/recipients?of="]').attr('href') ?? ''
  expect((await browser.open(older)).$('tbody tr')).toHaveLength(2)
  norte.pass(1000)
  await norte.say(subjectId, 'marketing.direct', 'sms', 'yes')
  const takeBack = async () => {
    norte.pass(1000)
    const outcome = await norte.say(subjectId, 'marketing.direct', 'email', 'no')
    if (outcome.outcome !== 'recorded') throw new Error('not recorded')
    return `/privacy/permissions/saved/${outcome.receiptId}`
  }
  const bySms = await browser.open(await takeBack())
  expect(bySms.$('h1').text()).toBe('Hecho: lo hemos parado')
  // Text messages were not taken back, so it would not be true of the newsletter that it gets nothing any more.
  expect(bySms.$('main').text()).not.toContain('Correo Claro')
  norte.pass(1000)
  await norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  norte.pass(1000)
  await norte.say(subjectId, 'marketing.direct', 'sms', 'no')
  const path = await takeBack()
  const all = await browser.open(path)
  expect(all.$('main section').text()).toMatch(/^Tenían tus datos para estoCorreo ClaroDesde la próxima vez/)
  const english = await browser.open(`${path}?lang=en`)
  expect(english.$('main section').text()).toMatch(
    /^They had your data for thisCorreo ClaroFrom the next time/,
  )
  expect((await browser.open('/privacy/recipients?lang=es')).$('main').text()).toContain('Ya no los recibe')
})

test('what a system claims she said is no answer of hers on any page', async () => {
  const { norte } = site
  const { browser, subjectId } = await visit('Petra')
  const { answer: _, ...claim } = norte.choice('marketing.direct', 'sms', 'yes')
  const outcome = await recordChoices(
    norte.parts,
    norte.command(subjectId, [norte.choice('marketing.direct', 'email', 'no')], {
      actor: { kind: 'client', clientId: 'old-crm' },
      claims: [claim],
    }),
  )
  if (outcome.outcome !== 'recorded') throw new Error('not recorded')
  const page = await browser.open(`/privacy/permissions/saved/${outcome.receiptId}`)
  expect(page.$('main').text()).toContain('Correo')
  expect(page.$('main').text()).not.toMatch(/SMS|Sí/)
})

test('what an agent noted in a call is told as a person by telephone, at their desk, that waits until she says it herself', async () => {
  const { norte } = site
  const { browser, subjectId } = await visit('Quima')
  const { answer: _, ...claim } = norte.choice('marketing.direct', 'sms', 'yes')
  await recordChoices(
    norte.parts,
    norte.command(subjectId, [], {
      actor: { kind: 'staff', staffId: norte.entropy.id<'staff'>(), roles: ['agent'], assurance: 'passkey' },
      evidence: { ...evidence, channel: 'call-centre', surface: 'agent-console', touchpoint: 'Mesa 4' },
      claims: [{ ...claim, defaultState: 'unsaid' }],
    }),
  )
  const noted = (await browser.open('/privacy/history')).$('main').text()
  expect(noted).toContain('Una persona de atención al cliente apuntó que dijiste que sí: Novedades y ofertas')
  expect(noted).toContain('por teléfono · Mesa 4')
  expect(noted).toContain('Espera tu confirmación')
  expect(noted).not.toContain('Un sistema')
  const english = (await browser.open('/privacy/history?lang=en')).$('main').text()
  expect(english).toContain('Somebody from customer service noted that you said yes')
  expect(english).toContain('by phone · Mesa 4')
  expect(english).toContain('waits for you to confirm')
  norte.pass(60_000)
  await norte.say(subjectId, 'marketing.direct', 'sms', 'yes')
  const answered = (await browser.open('/privacy/history?lang=es')).$('main').text()
  expect(answered).toContain('Una persona de atención al cliente apuntó')
  expect(answered).not.toContain('Espera tu confirmación')
})

test('whoever never received anything is not said to have', async () => {
  const { browser, subjectId } = await visit('Olivia')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  site.norte.pass(1000)
  const outcome = await site.norte.say(subjectId, 'marketing.direct', 'email', 'no')
  if (outcome.outcome !== 'recorded') throw new Error('not recorded')
  const page = await browser.open(`/privacy/permissions/saved/${outcome.receiptId}`)
  expect(page.$('h1').text()).toBe('Hecho: lo hemos parado')
  expect(page.$('main section')).toHaveLength(0)
  expect(page.$('main').text()).not.toContain('avisado')
})

test('the overview counts what is decided, held and received', async () => {
  const { browser, subjectId } = await visit('Pablo')
  await site.norte.say(subjectId, 'marketing.direct', 'email', 'yes')
  await site.norte.say(subjectId, 'marketing.direct', 'sms', 'no')
  const page = await browser.open('/privacy')
  expect(page.$('h1').text()).toBe('Pablo, esta es tu privacidad')
  expect(page.$('main').text()).toContain('1 sí y 1 no.')
  expect(page.$('main').text()).toContain('Tienes 1 pregunta sin contestar')
  expect((await browser.open('/privacy?lang=en')).$('html').attr('lang')).toBe('en')
  expect((await browser.open('/privacy/permissions?lang=en')).$('html').attr('lang')).toBe('en')
})
