import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordPurchase } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { personCalled, relyingParty, tokensFor, userinfo, Visitor } from '../../house/visitor.ts'
import { deskOf, fieldsOf, type PersonHouse, reason, startPersonHouse, wordsOf } from './person-house.ts'

const day = 86_400_000

let house: PersonHouse
let officer: Awaited<ReturnType<PersonHouse['signedIn']>>
let ana: SubjectId
let carmen: SubjectId

beforeAll(async () => {
  house = await startPersonHouse()
  ana = await house.idOf('ana@correo.example')
  carmen = await house.idOf('carmen@correo.example')
})
afterAll(() => house?.close())
beforeEach(async () => {
  officer = await house.signedIn('dpo')
  for (const person of [ana, carmen]) await officer.submit('/dpo/people', { person, reason })
})

const { at, check, confirm, decided, permissionOf, factsOf } = deskOf(
  () => house,
  () => officer,
)
const advertising = { scope: 'purpose', purpose: 'marketing.*', attribute: '', ground: 'accuracy' }

describe('A restriction (GDPR Art. 18(1))', () => {
  test('is shown with its effect first, and nothing is kept by looking at it', async () => {
    const before = await factsOf(ana)
    const { text } = await check(ana, 'restrict', advertising)
    const said = wordsOf(text)
    expect(said).toContain('¿Limitar el uso de sus datos?')
    expect(said).toContain('1 permiso deja de valer')
    expect(said).toContain('Ofertas y novedades, Correo electrónico')
    expect(said).toContain('2 permisos siguen igual')
    expect(said).toContain('Toda la publicidad')
    expect(said).toContain(reason)
    expect(await factsOf(ana)).toEqual(before)
    expect(await permissionOf(ana, 'marketing.direct', 'email')).toBe('CONSENT_GIVEN')
    // Going back to change something loses nothing of what was typed.
    const back = await officer.submit(at(ana, 'restrict'), { ...fieldsOf(text), step: 'edit' })
    expect(fieldsOf(back.text)).toMatchObject({ ...advertising, reason })
  })

  test('once confirmed, denies at the very next read: the kept permission, userinfo, the explanation (R91)', async () => {
    const newsletter = relyingParty(house.app, 'correo-norte')
    const visitor = new Visitor(house.app.origin)
    const tokens = await tokensFor(house.app.origin, visitor, newsletter, personCalled('ana'))
    const claims = async () => await (await userinfo(house.app.origin, tokens.access_token)).json()
    expect(await claims()).toMatchObject({ given_name: 'Ana' })

    const done = await decided(ana, 'restrict', advertising)
    expect([done.status, done.location]).toEqual([303, `/dpo/people/${ana}?done=restrict`])
    expect(await permissionOf(ana, 'marketing.direct', 'email')).toBe('RESTRICTED')
    expect(await claims()).not.toHaveProperty('given_name')
    const page = await officer.open(done.location ?? '')
    expect(wordsOf(page.text)).toContain('El uso está limitado desde ahora')
    expect(wordsOf(page.text)).toContain('Sin avisar. No puede levantarse todavía')
    const asked = {
      purpose: 'marketing.direct',
      contact_channel: 'email',
      recipient: 'correo-norte',
      day: '',
    }
    const why = wordsOf((await officer.submit(at(ana, 'explain'), asked)).text)
    expect(why).toContain('No permitido')
    expect(why).toContain('GDPR Art. 18')
    // The officer, the reason and the ground are in the trail and with the evidence (R100).
    expect((await house.trail(ana, 'consent.recorded')).at(-1)).toMatchObject({
      actor: expect.stringMatching(/^staff:/),
      reason,
      surface: 'dpo-console',
      facts: { decidedBy: expect.stringMatching(/^staff:/) },
    })
  })

  test('confirmed twice is set once, whatever came in between (R92)', async () => {
    const checked = await check(carmen, 'restrict', { ...advertising, scope: 'all', ground: 'unlawful' })
    const first = await confirm(carmen, 'restrict', checked.text)
    const after = await factsOf(carmen)
    const second = await confirm(carmen, 'restrict', checked.text)
    expect([first.status, second.status]).toEqual([303, 303])
    expect(await factsOf(carmen)).toEqual(after)
  })

  test('decided on facts that have moved on is not kept: the new effect is shown instead', async () => {
    const checked = await check(ana, 'restrict', { ...advertising, scope: 'all' })
    expect(wordsOf(checked.text)).toContain('1 permiso deja de valer')
    await recordPurchase(house.app.house.recording.circumstances, {
      subjectId: ana,
      actor: { kind: 'system', name: 'test' },
      purchaseId: house.app.house.platform.entropy.id<'purchase'>(),
      controller: house.app.house.names.controller,
      category: 'libros',
      optOutOffered: true,
      boughtAt: house.app.house.platform.clock.now(),
    })
    const before = await factsOf(ana)
    const stale = await confirm(ana, 'restrict', checked.text)
    expect(stale.status).toBe(422)
    expect(wordsOf(stale.text)).toContain('Mira el efecto otra vez')
    expect(await factsOf(ana)).toEqual(before)
    // The page that says so can be confirmed as it stands.
    expect(load(stale.text)('button[value=confirm]')).toHaveLength(1)
  })

  test.each([
    ['nothing chosen', { scope: '', ground: '' }, ['Elige qué se limita', 'Elige por qué procede']],
    ['a purpose without its name', { scope: 'purpose', purpose: '' }, ['Elige una finalidad']],
    ['a purpose that is none', { scope: 'purpose', purpose: 'nothing.*' }, ['Elige una finalidad']],
    ['an attribute that is none', { scope: 'attribute', attribute: 'shoe_size' }, ['Elige un dato']],
    ['no reason', { reason: ' ' }, ['Escribe el motivo de la decisión']],
  ])('asked with %s is refused, with everything else as it was typed', async (_, wrong, words) => {
    const fields = { ...advertising, ...wrong }
    const { status, text } = await check(ana, 'restrict', fields)
    expect(status).toBe(422)
    for (const one of words) expect(wordsOf(text)).toContain(one)
    expect(fieldsOf(text)['ground'] ?? '').toBe(fields.ground)
    // Even when it is sent as confirmed.
    const before = await factsOf(ana)
    const forced = await officer.submit(at(ana, 'restrict'), {
      reason,
      ...fields,
      step: 'confirm',
      seen: '1.x',
      command: 'made-up',
    })
    expect(forced.status).toBe(422)
    expect(await factsOf(ana)).toEqual(before)
  })
})

describe('Lifting it (Art. 18(3))', () => {
  test('is refused before the person was told, and before three days are over', async () => {
    const none = await officer.open(at(ana, 'lift-restriction'))
    expect(wordsOf(none.text)).toContain('Ninguna limitación se puede levantar hoy')
    const refused = await check(ana, 'lift-restriction', { scope: 'marketing.*' })
    expect(refused.status).toBe(422)
    expect(wordsOf(refused.text)).toContain('Avisa antes a la persona')

    const sent = house.app.outbox.messages.length
    const checked = await check(ana, 'announce-lift', { scope: 'marketing.*' })
    expect(wordsOf(checked.text)).toContain('Ningún permiso cambia hoy')
    expect(house.app.outbox.messages).toHaveLength(sent)
    expect((await confirm(ana, 'announce-lift', checked.text)).status).toBe(303)
    expect(house.app.outbox.messages.slice(sent)).toMatchObject([{ recipients: ['ana@correo.example'] }])
    // She is told once: the same page sent again writes to nobody.
    const again = await confirm(ana, 'announce-lift', checked.text)
    expect(wordsOf(again.text)).toContain('Ya se avisó a la persona')
    expect(house.app.outbox.messages).toHaveLength(sent + 1)

    const early = await check(ana, 'lift-restriction', { scope: 'marketing.*' })
    expect(early.status).toBe(422)
    expect(wordsOf(early.text)).toContain('espera tres días')
    expect(await permissionOf(ana, 'marketing.direct', 'email')).toBe('RESTRICTED')
  })

  test('happens after them, and what her answers allow counts again', async () => {
    house.wait(3 * day + 60_000)
    await officer.submit('/dpo/people', { person: ana, reason })
    const checked = await check(ana, 'lift-restriction', { scope: 'marketing.*' })
    expect(wordsOf(checked.text)).toContain('1 permiso vuelve a valer')
    expect((await confirm(ana, 'lift-restriction', checked.text)).status).toBe(303)
    expect(await permissionOf(ana, 'marketing.direct', 'email')).toBe('CONSENT_GIVEN')
    expect(await house.trail(ana, 'consent.restriction-lift-used')).toMatchObject([{ reason }])
  })

  test('may rest on a letter or a call, of which the officer says the day, and nothing is sent', async () => {
    expect((await decided(carmen, 'restrict', advertising)).status).toBe(303)
    const sent = house.app.outbox.messages.length
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(
      house.app.house.platform.clock.now(),
    )
    const letter = { scope: 'marketing.*', how: 'letter', day: '' }
    const undated = await check(carmen, 'announce-lift', letter)
    expect([undated.status, fieldsOf(undated.text)['how']]).toEqual([422, 'letter'])
    expect((await check(carmen, 'announce-lift', { ...letter, day: '2099-01-01' })).status).toBe(422)
    expect((await check(carmen, 'announce-lift', { ...letter, how: 'pigeon' })).status).toBe(422)
    const before = await decided(carmen, 'announce-lift', { ...letter, day: '2020-01-01' })
    expect(wordsOf(before.text)).toContain('Escribe un día entre el de la limitación y hoy')
    const told = await decided(carmen, 'announce-lift', { ...letter, day: today })
    expect(told.location).toBe(`/dpo/people/${carmen}?done=announce-lift`)
    expect(await house.trail(carmen, 'consent.restriction-lift-told')).toMatchObject([
      { reason, facts: { by: 'letter', toldAt: expect.any(String) } },
    ])
    expect(house.app.outbox.messages).toHaveLength(sent)
    expect(wordsOf((await officer.open(at(carmen, 'lift-restriction'))).text)).toContain('Toda la publicidad')
  })
})

describe('A decision explained', () => {
  const asked = { purpose: 'marketing.direct', contact_channel: 'email', recipient: 'correo-norte', day: '' }
  const dayOf = (ms: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(Date.now() + ms)

  test('says today by which rule, and on a past day what was known at the end of it', async () => {
    const now = wordsOf((await officer.submit(at(ana, 'explain'), asked)).text)
    expect(now).not.toContain('No permitido')
    expect(now).toContain('GDPR Art. 6(1)(a)')
    // Three days ago the restriction stood.
    const then = wordsOf((await officer.submit(at(ana, 'explain'), { ...asked, day: dayOf(0) })).text)
    expect(then).toContain('GDPR Art. 18')
    expect(then).toContain('Qué se sabía en ese momento')
  })

  test.each([
    ['a day to come', { day: '2099-01-01' }, 'Escribe un día de hoy o anterior'],
    ['a day no month has', { day: '2026-02-30' }, 'Escribe una fecha que exista'],
    ['no purpose', { purpose: '' }, 'Elige una finalidad'],
    ['a recipient that is none', { recipient: 'nobody' }, 'Elige quién quiere usar los datos'],
  ])('asked about %s is refused, as typed', async (_, wrong, words) => {
    const { status, text } = await officer.submit(at(ana, 'explain'), { ...asked, ...wrong })
    expect(status).toBe(422)
    expect(wordsOf(text)).toContain(words)
    expect(fieldsOf(text)['day']).toBe({ ...asked, ...wrong }.day)
  })
})

test('without the form token, or for a role that is not the officer, nothing is decided (R102)', async () => {
  const before = await factsOf(ana)
  const bare = await officer.send(at(ana, 'restrict'), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
    body: new URLSearchParams({ ...advertising, reason, step: 'confirm' }).toString(),
  })
  expect(bare.status).toBe(403)
  const agent = await house.signedIn('agent')
  for (const measure of [
    'restrict',
    'announce-lift',
    'lift-restriction',
    'override-objection',
    'suppress',
    'explain',
  ]) {
    expect((await agent.open(at(ana, measure))).status).toBe(403)
    expect((await agent.submit(at(ana, measure), { reason, step: 'confirm' })).status).toBe(403)
  }
  expect(await factsOf(ana)).toEqual(before)
})
