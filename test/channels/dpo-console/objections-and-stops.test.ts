import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { objectToMarketing, objectToPurpose } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { personCalled, relyingParty, tokensFor, Visitor } from '../../house/visitor.ts'
import { deskOf, fieldsOf, type PersonHouse, reason, startPersonHouse, wordsOf } from './person-house.ts'

let house: PersonHouse
let officer: Awaited<ReturnType<PersonHouse['signedIn']>>
let ana: SubjectId

beforeAll(async () => {
  house = await startPersonHouse()
  ana = await house.idOf('ana@correo.example')
})
afterAll(() => house?.close())
beforeEach(async () => {
  officer = await house.signedIn('dpo')
  await officer.submit('/dpo/people', { person: ana, reason })
})

const { at, check, confirm, decided, permissionOf, factsOf } = deskOf(
  () => house,
  () => officer,
)
const ownAct = (subjectId: SubjectId, idempotencyKey: string) => ({
  subjectId,
  idempotencyKey,
  actor: { kind: 'subject', subjectId, assurance: 'passkey' } as const,
  evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' } as const,
  controller: house.app.house.names.controller,
})

describe('An objection (Art. 21)', () => {
  const grounds = 'Tres devoluciones de cargo en una semana desde el mismo dispositivo.'

  test('to advertising cannot be chosen, and cannot be overridden by a form that was made up (21(3))', async () => {
    await objectToMarketing(house.app.house.ledger, ownAct(ana, 'objects'))
    const form = await officer.open(at(ana, 'override-objection'))
    const said = wordsOf(form.text)
    expect(said).toContain('Ningún motivo prevalece sobre eso')
    expect(said).toContain('No hay ninguna oposición sobre la que decidir')
    expect(load(form.text)('[name=purpose]')).toHaveLength(0)
    for (const purpose of ['marketing.direct', 'marketing.*']) {
      const before = await factsOf(ana)
      const made = { reason, purpose, grounds, step: 'confirm', seen: '1.x', command: 'made-up' }
      const { status, text } = await officer.submit(at(ana, 'override-objection'), made)
      expect(status).toBe(422)
      expect(wordsOf(text)).toContain('Nada prevalece sobre esa oposición')
      expect(await factsOf(ana)).toEqual(before)
    }
  })

  test('of the other kind is decided with grounds that the person will read (21(1))', async () => {
    const { names, ledger } = house.app.house
    const purpose = 'personalisation.onsite'
    await objectToPurpose(ledger, { ...ownAct(ana, 'objects-too'), brand: names.brand, purpose })
    expect(await permissionOf(ana, purpose, 'none')).toBe('OBJECTED')

    const short = await check(ana, 'override-objection', { purpose, grounds: 'porque sí' })
    expect(short.status).toBe(422)
    expect(wordsOf(short.text)).toContain('con algo más de detalle')
    expect(fieldsOf(short.text)['grounds']?.trim()).toBe('porque sí')

    const checked = await check(ana, 'override-objection', { purpose, grounds })
    expect(wordsOf(checked.text)).toContain(grounds)
    expect(wordsOf(checked.text)).toContain('1 permiso vuelve a valer')
    expect((await confirm(ana, 'override-objection', checked.text)).status).toBe(303)
    expect(await permissionOf(ana, purpose, 'none')).toBe('CONSENT_GIVEN')
    const page = wordsOf((await officer.open(`/dpo/people/${ana}`)).text)
    expect(page).toContain('se decidió que prevalecen motivos imperiosos')
    expect(page).toContain('nadie puede pasar por encima')
    const gone = await check(ana, 'override-objection', { purpose, grounds })
    expect(gone.status).toBe(422)
  })
})

describe('Stopping advertising', () => {
  const complaint = { because: 'complaint', contact_channel: 'email', address: '', source: 'reclamaciones' }
  let bruno: SubjectId

  beforeAll(async () => {
    bruno = await house.idOf('bruno@correo.example')
    const visitor = new Visitor(house.app.origin)
    const newsletter = relyingParty(house.app, 'correo-norte')
    await tokensFor(house.app.origin, visitor, newsletter, personCalled('bruno'))
    await visitor.choose(await visitor.open('/privacy/permissions'), { 'marketing.direct.email': 'yes' })
  })
  beforeEach(() => officer.submit('/dpo/people', { person: bruno, reason }))

  test('ends what was agreed to at once, and the officer alone lets it go again, with a reason', async () => {
    expect(await permissionOf(bruno, 'marketing.direct', 'email')).toBe('CONSENT_GIVEN')
    const checked = await check(bruno, 'suppress', complaint)
    expect(wordsOf(checked.text)).toContain('1 permiso deja de valer')
    expect((await confirm(bruno, 'suppress', checked.text)).status).toBe(303)
    expect((await confirm(bruno, 'suppress', checked.text)).status).toBe(303)
    expect(await permissionOf(bruno, 'marketing.direct', 'email')).toBe('SUPPRESSED_INTERNAL')
    expect(await house.trail(bruno, 'consent.contact-suppressed')).toMatchObject([{ reason }])
    expect(wordsOf((await officer.open(`/dpo/people/${bruno}`)).text)).toContain('Se quejó')

    const silent = await check(bruno, 'lift-suppression', { entry: 'email', reason: '' })
    expect(silent.status).toBe(422)
    expect((await check(bruno, 'lift-suppression', { entry: 'sms' })).status).toBe(422)
    expect((await decided(bruno, 'lift-suppression', { entry: 'email' })).status).toBe(303)
    expect(await permissionOf(bruno, 'marketing.direct', 'email')).toBe('CONSENT_GIVEN')
    expect(await house.trail(bruno, 'consent.suppression-lifted')).toMatchObject([{ reason }])
  })

  test('at one address asks for an address of theirs, and for a source that is no prose', async () => {
    const wrong = { ...complaint, address: 'otra@correo.example', source: 'Doña Carmen, vecina' }
    const { status, text } = await check(bruno, 'suppress', wrong)
    expect(status).toBe(422)
    expect(wordsOf(text)).toContain('Este no lo es')
    expect(wordsOf(text)).toContain('Escribe un nombre corto en minúsculas')
    expect(fieldsOf(text)).toMatchObject(wrong)
    const own = { ...complaint, because: 'hard_bounce', address: 'BRUNO@correo.example' }
    expect((await decided(bruno, 'suppress', own)).status).toBe(303)
    expect(wordsOf((await officer.open(`/dpo/people/${bruno}`)).text)).toContain('una sola dirección')
  })
})
