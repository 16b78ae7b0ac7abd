import { load } from 'cheerio'
import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { objectToMarketing } from '../../../src/features/consent/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openBrowser } from '../admin-console/console-app.ts'
import { staffCookie } from '../matrix-visitor.ts'

let app: TestApp
let owner: Knex
let browser: ReturnType<typeof openBrowser>
/** The day everything was recorded, as the form has it. */
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(new Date())

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openLane(app.database.connection, 'test', 2)
  browser = openBrowser(app.origin)
  const { cookie = '' } = await staffCookie(owner, 'dpo')
  browser.cookies.set('placet_staff', cookie.split('=')[1] ?? '')
  await browser.open('/staff/proof')
})
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})

const asked = {
  receipt: '',
  email: 'ana@correo.example',
  purpose: 'marketing.direct',
  contact_channel: 'email',
  day: today,
  reason: 'Reclamación 2026-114',
}

test('"Prove that Ana agreed to e-mail that day" is answered by one page', async () => {
  const { status, text } = await browser.submit('/staff/proof', asked)
  expect(status).toBe(200)
  const $ = load(text)
  expect($('article')).toHaveLength(1)
  const said = $('article').text().replaceAll(/\s+/g, ' ')
  expect(said).toContain('Dijo que sí')
  expect(said).toContain('Correo electrónico')
  expect(said).toContain('La propia persona')
  expect(said).toContain('Sin marcar')
  expect(said).toContain('Firma del justificanteCorrecta')
  expect(said).toContain('Está en el registroSí, probado con su recorrido hasta la raíz')
  expect(said).toContain('Las evidencias guardadasSon las que el registro selló')
  expect(said).toContain('El justificante es auténtico')
  const [notice] = await owner('notices').where({ purpose_id: 'marketing.direct', language: 'es' })
  expect($('blockquote').text()).toContain(notice.text)
})

test('the question is on record in her trail, with who asked and why (R100)', async () => {
  const reason = 'Revisión anual'
  await browser.submit('/staff/proof', { ...asked, reason })
  const [entry] = await owner('audit_entries').where('entry', 'like', `%${reason}%`)
  expect(JSON.parse(entry.entry)).toMatchObject({
    action: 'consent.proof-sought',
    actor: expect.stringMatching(/^staff:/),
    reason,
    facts: { by: 'person', purpose: 'marketing.direct', day: today, events: [expect.any(String)] },
  })
  const [event] = await owner('consent_events').where('subject_id', entry.stream_id)
  expect(event).toBeDefined()
})

test('and by one file, which the verifier accepts', async () => {
  const { text } = await browser.submit('/staff/proof', asked)
  const form = load(text)('form[action="/staff/proof/file"]')
  const fields = Object.fromEntries(
    ['receipt', 'record', 'reason'].map((name) => [name, form.find(`[name=${name}]`).attr('value') ?? '']),
  )
  const file = await browser.submit('/staff/proof/file', fields)
  expect(file.status).toBe(200)
  expect(file.headers.get('content-disposition')).toContain(`placet-proof-${fields['record']}.json`)
  const pack = JSON.parse(file.text)
  expect(pack.format).toBe('placet-receipt/1')
  expect(pack.log.find((one: { opening?: object }) => one.opening)).toMatchObject({
    record_id: fields['record'],
    opening: {
      act: {
        event: { type: 'given', contactChannel: 'email' },
        actor: { ref: expect.stringMatching(/^subject:/) },
      },
    },
  })
  const verdict = await browser.submit('/verify', { receipt: file.text, keys: '' })
  expect(load(verdict.text)('[data-verdict]').text()).toContain('El justificante es auténtico')
}, 30_000)

test('by the number of a receipt the whole act is found, and what nobody said is not made up', async () => {
  const [receipt] = await owner('receipts').orderBy('issued_at')
  const found = await browser.submit('/staff/proof', { ...asked, email: '', receipt: receipt.receipt_id })
  expect(load(found.text)('article')).toHaveLength(receipt.event_ids.length)

  const nobody = await browser.submit('/staff/proof', { ...asked, email: 'nadie@correo.example' })
  expect(nobody.text).toContain('No consta nada')
  const before = await browser.submit('/staff/proof', { ...asked, day: '2020-01-01' })
  expect(before.text).toContain('No consta nada')
  const later = await browser.submit('/staff/proof', { ...asked, day: '2099-01-01' })
  expect(later.text).toContain('Ese día no se decidió nada')
  expect(load(later.text)('article')).toHaveLength(1)
})

test('an objection to all advertising is shown beside the yes that it speaks against, on the page of the yes', async () => {
  const reason = 'Reclamación por publicidad'
  const before = await browser.submit('/staff/proof', { ...asked, reason, day: '2099-01-01' })
  expect(load(before.text)('section[aria-labelledby=stood]').text()).toContain('Sí')
  const [searched] = await owner('audit_entries').where('entry', 'like', `%${reason}%`)
  const subjectId = searched.stream_id as SubjectId
  await objectToMarketing(app.house.ledger, {
    subjectId,
    actor: { kind: 'subject', subjectId, assurance: 'passkey' },
    evidence: { channel: 'web', surface: 'privacy-centre', language: 'es' },
    idempotencyKey: 'objects-in-february',
    controller: app.house.names.controller,
  })
  const { text } = await browser.submit('/staff/proof', { ...asked, day: '2099-01-01' })
  const $ = load(text)
  expect($('section[aria-labelledby=stood]').text()).toContain('No: se había opuesto')
  expect($('article')).toHaveLength(2)
  expect($('article').first().find('h2').text()).toContain('Se opuso')
  const sms = await browser.submit('/staff/proof', { ...asked, contact_channel: 'sms', day: '2099-01-01' })
  expect(load(sms.text)('section[aria-labelledby=stood]').text()).toContain('No: se había opuesto')
})

test.each([
  ['without a reason', { reason: '  ' }, 'Escribe el motivo de la consulta.'],
  ['with half a number', { receipt: '0198' }, 'Escribe el número de justificante completo'],
  ['about nobody', { email: '' }, 'Escribe un número de justificante, o bien'],
  ['with no address', { email: 'ana' }, 'Escribe un correo con este formato'],
  ['with no day there is', { day: '2026-02-99' }, 'Escribe una fecha que exista'],
  ['with a day no month has', { day: '2026-02-30' }, 'Escribe una fecha que exista'],
])('a search %s is refused, kept as typed, and reads nothing', async (_, wrong, words) => {
  const { rows: before } = await owner.raw('select count(*) from audit_entries')
  const { status, text } = await browser.submit('/staff/proof', { ...asked, ...wrong })
  expect(status).toBe(422)
  expect(text).toContain(words)
  expect(load(text)('[name=email]').attr('value')).toBe({ ...asked, ...wrong }.email)
  expect((await owner.raw('select count(*) from audit_entries')).rows).toEqual(before)
})

test('evidence that was tampered with is shown as such', async () => {
  const [place] = await owner('consent_log_places').whereNotNull('seq').orderBy('seq').limit(1)
  const [receipt] = await owner('receipts').whereRaw('? = any(event_ids)', [place.event_id])
  await owner.transaction(async (trx) => {
    await trx.raw("set local session_replication_role = 'replica'")
    await trx.raw(
      "update consent_log set type = case type when 'given' then 'refused' else 'given' end where seq = ?",
      [place.seq],
    )
  })
  const { text } = await browser.submit('/staff/proof', { ...asked, email: '', receipt: receipt.receipt_id })
  expect(text).toContain('La prueba no se cumple')
  expect(text).toContain('no es auténtico o está alterado')
})
