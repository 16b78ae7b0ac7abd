import { load } from 'cheerio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { visitCookie } from '../../../src/channels/dpo-console/person-visit.ts'
import { loyaltyCardIndex, parsePhoneNumber, phoneIndex } from '../../../src/features/identity/index.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { type PersonHouse, startPersonHouse, wordsOf } from './person-house.ts'

let house: PersonHouse
let officer: Awaited<ReturnType<PersonHouse['signedIn']>>
const reason = 'Solicitud 2026-114'

beforeAll(async () => {
  house = await startPersonHouse()
  officer = await house.signedIn('dpo')
})
afterAll(() => house?.close())

const open = (person: string, because = reason) => officer.submit('/dpo/people', { person, reason: because })

test('Ana is found by her address exactly, and the look-up is on her record before anything is shown (R100)', async () => {
  const ana = await house.idOf('ana@correo.example')
  const found = await open(' ANA@correo.example ', 'Reclamación por exactitud')
  expect([found.status, found.location]).toEqual([303, `/dpo/people/${ana}`])
  expect(await house.trail(ana, 'subject.opened')).toMatchObject([
    { actor: expect.stringMatching(/^staff:/), reason: 'Reclamación por exactitud', facts: { by: 'email' } },
  ])
  const page = await officer.open(`/dpo/people/${ana}`)
  expect(page.status).toBe(200)
  const said = wordsOf(page.text)
  expect(said).toContain('Abierta por «Reclamación por exactitud»')
  expect(said).toContain(ana)
  expect(said).toContain('España')
  // What is not needed is not there: no name, no address, no date of birth.
  expect(page.text).not.toMatch(/Ibarra|correo\.example|1990/)
})

test('and by her person number, her telephone and her card; never by a part of anything', async () => {
  const ana = await house.idOf('ana@correo.example')
  const { blindIndex } = house.app.house.platform
  const phone = parsePhoneNumber('600 111 222')
  if (phone === undefined) throw new Error('no such number')
  for (const [kind, index] of [
    ['phone', phoneIndex(blindIndex, phone)],
    ['loyalty_card', loyaltyCardIndex(blindIndex, 'NORTE-0042')],
  ] as const) {
    await house.owner('identifier_lookups').insert({
      blind_index: Buffer.from(index),
      kind,
      subject_id: ana,
      identifier_id: systemEntropy.id<'identifier'>(),
    })
  }
  for (const [person, by] of [
    [ana.toUpperCase(), 'subject'],
    ['+34 600 111 222', 'phone'],
    ['norte 0042', 'loyalty-card'],
  ] as const) {
    expect((await open(person)).location).toBe(`/dpo/people/${ana}`)
    expect((await house.trail(ana, 'subject.opened')).at(-1)).toMatchObject({ facts: { by } })
  }
  for (const part of ['ana', '@correo.example', '0042', 'norte', '%', ana.slice(0, 8)]) {
    const { status, text } = await open(part)
    expect(status).toBe(200)
    expect(wordsOf(text)).toContain('No hay nadie con ese dato')
  }
})

test('looking for nobody is on record too, and nothing typed is lost', async () => {
  const because = 'Llamada de una persona que no conocemos'
  const { text } = await open('nadie@correo.example', because)
  expect(load(text)('[name=person]').val()).toBe('nadie@correo.example')
  const [line] = await house.owner('audit_entries').where('entry', 'like', `%${because}%`)
  expect(JSON.parse(line.entry)).toMatchObject({ action: 'subject.opened', facts: { by: 'nothing' } })
  expect(line.entry).not.toContain('nadie@')
})

test('without a reason nobody is opened: not by the form, not by an address that was kept', async () => {
  const bruno = await house.idOf('bruno@correo.example')
  const refused = await open('bruno@correo.example', '  ')
  expect(refused.status).toBe(422)
  expect(wordsOf(refused.text)).toContain('Escribe el motivo')
  expect(load(refused.text)('[name=person]').val()).toBe('bruno@correo.example')

  const direct = await officer.open(`/dpo/people/${bruno}`)
  expect([direct.status, direct.location]).toEqual([303, `/dpo/people?person=${bruno}`])
  const asked = await officer.open(direct.location ?? '')
  expect(load(asked.text)('[name=person]').val()).toBe(bruno)
  expect(await house.trail(bruno, 'subject.opened')).toEqual([])
})

test('what one officer opened is open to no other, and for one hour', async () => {
  const ana = await house.idOf('ana@correo.example')
  await open(ana)
  const other = await house.signedIn('dpo')
  for (const [name, value] of officer.cookies) {
    if (name === 'placet_people') other.cookies.set(name, value)
  }
  expect((await other.open(`/dpo/people/${ana}`)).status).toBe(303)
  expect((await officer.open(`/dpo/people/${ana}`)).status).toBe(200)
  house.wait(61 * 60_000)
  expect((await officer.open(`/dpo/people/${ana}`)).status).toBe(303)
})

test('however many people are opened, one cookie of a few kilobytes carries the last of them', async () => {
  const ana = await house.idOf('ana@correo.example')
  const bruno = await house.idOf('bruno@correo.example')
  await open(ana, 'ñ'.repeat(500))
  await open(bruno, 'Reclamación')
  // Two at once stay open side by side.
  expect((await officer.open(`/dpo/people/${bruno}`)).status).toBe(200)
  expect((await officer.open(`/dpo/people/${ana}`)).status).toBe(200)
  expect([...officer.cookies.keys()].filter((name) => name.includes('people'))).toHaveLength(1)

  const { clock, sealedTokens } = house.app.house.platform
  const actor = {
    kind: 'staff',
    staffId: systemEntropy.id<'staff'>(),
    roles: ['dpo'],
    assurance: 'passkey',
  } as const
  const names = new Set<string>()
  let carried: string | undefined
  for (const because of Array.from({ length: 60 }, (_, place) => (place < 30 ? 'ñ'.repeat(500) : 'Queja'))) {
    const opened = visitCookie(
      { clock, sealedTokens, https: true },
      { actor, cookie: () => carried },
      { subjectId: systemEntropy.id(), reason: because },
    )
    carried = opened.value
    names.add(opened.name)
    expect(carried?.length).toBeLessThan(3_700)
  }
  expect([...names]).toEqual(['__Host-placet_people'])
})

test('nobody else who works here may look, and a customer may not either (R102, R103)', async () => {
  const ana = await house.idOf('ana@correo.example')
  for (const role of ['admin', 'agent', 'store-manager', 'store-staff'] as const) {
    const browser = await house.signedIn(role)
    expect((await browser.open('/dpo/people')).status).toBe(403)
    expect((await browser.submit('/dpo/people', { person: ana, reason })).status).toBe(403)
    expect((await browser.submit(`/dpo/people/${ana}/restrict`, { reason })).status).toBe(403)
  }
})

test('the page says what stands, draws it along time, and each act can be proven from it', async () => {
  const ana = await house.idOf('ana@correo.example')
  await open(ana)
  const { text } = await officer.open(`/dpo/people/${ana}`)
  const $ = load(text)
  const said = wordsOf(text)
  expect(said).toContain('Respuestas que valen hoy')
  expect(said).toContain('No se ha opuesto a nada')
  expect(said).toContain('El uso de sus datos no está limitado')
  expect($('figure svg').length).toBeGreaterThan(4)
  expect($('#acts ~ table tbody tr, section[aria-labelledby=acts] tbody tr').length).toBeGreaterThan(2)
  const form = $('form[action="/staff/proof"]').first()
  const proof = await officer.submit('/staff/proof', {
    receipt: String(form.find('[name=receipt]').val()),
    reason: String(form.find('[name=reason]').val()),
  })
  expect(proof.status).toBe(200)
  expect(load(proof.text)('article').length).toBeGreaterThan(0)
})
