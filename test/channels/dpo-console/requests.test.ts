import { load } from 'cheerio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenRequest, openRequest } from '../../../src/features/privacy-requests/index.ts'
import type { StaffId, SubjectId } from '../../../src/kernel/ids.ts'
import { type PersonHouse, startPersonHouse, wordsOf } from './person-house.ts'

const day = 86_400_000

let house: PersonHouse
let ana: SubjectId
let officer: Awaited<ReturnType<PersonHouse['signedIn']>>

beforeAll(async () => {
  house = await startPersonHouse()
  ana = await house.idOf('ana@correo.example')
  officer = await house.signedIn('dpo')
})
afterAll(() => house?.close())

const open = (subjectId: SubjectId, more: Partial<OpenRequest>) => {
  const parts = house.app.house.privacyRequests
  return openRequest(parts, {
    subjectId,
    right: 'access',
    actor: { kind: 'subject', subjectId, assurance: 'passkey' },
    evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
    receivedAt: parts.clock.now(),
    idempotencyKey: parts.entropy.id(),
    ...more,
  })
}

test('the officer sees by the time left who asked for what, masked, and reads one with its clock; that it was read is on record', async () => {
  expect(wordsOf((await officer.open('/dpo/requests')).text)).toContain('No hay nada que responder')
  const { clock } = house.app.house.privacyRequests
  const bruno = await house.idOf('bruno@correo.example')
  const inTime = await open(ana, { words: 'Quiero saberlo todo' })
  const overdue = await open(bruno, {
    right: 'erasure',
    receivedAt: new Date(clock.now().getTime() - 45 * day),
    actor: {
      kind: 'staff',
      staffId: '0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11' as StaffId,
      roles: ['agent'],
      assurance: 'passkey',
    },
    evidence: { channel: 'call-centre', surface: 'agent-console', language: 'es', touchpoint: 'desk-4' },
    particulars: { call: 'LL-4F7K' },
    identity: 'contact-point',
  })

  const inbox = await officer.open('/dpo/requests')
  const $ = load(inbox.text)
  const rows = $('tbody tr')
    .toArray()
    .map((row) => $(row).text().replaceAll(/\s+/g, ' '))
  expect(rows).toHaveLength(2)
  expect(rows[0]).toMatch(
    new RegExp(
      `${overdue.reference}.*Supresión \\(art\\.\\s17\\).*por teléfono.*Lee su correo o teléfono.*Vencida`,
    ),
  )
  expect(rows[1]).toMatch(new RegExp(`${inTime.reference}.*Acceso.*en la web.*passkey.*En plazo`))
  expect(inbox.text).not.toContain('ana@correo.example')
  expect(inbox.text).not.toContain('Quiero saberlo')
  const late = await officer.open('/dpo/requests?left=overdue')
  expect(load(late.text)('tbody tr')).toHaveLength(1)
  expect(wordsOf(late.text)).toContain('Vencidas (1)')
  expect((await officer.open('/dpo/requests?left=nonsense&after=x.y')).status).toBe(200)

  expect(await house.trail(ana, 'privacy-request.read')).toEqual([])
  const page = await officer.open($('tbody tr').last().find('a').attr('href') ?? '')
  expect(page.status).toBe(200)
  expect(wordsOf(page.text)).toMatch(/Acceso \(art\. 15\).*Si se prorroga.*Quiero saberlo todo.*Apuntada/)
  expect(page.text).not.toContain('ana@correo.example')
  expect(await house.trail(ana, 'privacy-request.read')).toMatchObject([
    { actor: expect.stringContaining('staff:'), facts: { request: inTime.id } },
  ])
  const english = await officer.open(`/dpo/requests/${bruno}/${overdue.id}?lang=en`)
  expect(wordsOf(english.text)).toMatch(/Erasure \(Art\. 17\).*Overdue.*Staff \(staff:.*LL-4F7K/)
  await officer.open('/dpo/requests?lang=es')
})

test('a request named with somebody else’s account, and one that never was, are not there', async () => {
  const { id } = await open(ana, {})
  const bruno = await house.idOf('bruno@correo.example')
  for (const path of [`${bruno}/${id}`, `${ana}/0198b2c4-7a10-7c3e-9a52-3f0c6f2d9b11`, 'x/y']) {
    expect((await officer.open(`/dpo/requests/${path}`)).status).toBe(404)
  }
})

test('neither an administrator nor an agent opens the inbox (R102)', async () => {
  for (const role of ['admin', 'agent'] as const) {
    expect((await (await house.signedIn(role)).open('/dpo/requests')).status).toBe(403)
  }
})
