import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse
let shop: string
let ana: string

beforeAll(async () => {
  norte = await startApiHouse()
  shop = await norte.token(
    await norte.machine({ client_id: 'shop-api', recipient_id: 'tienda-norte-shop', first_party: true }),
  )
  ana = await norte.subjectIdOf('ana')
})
afterAll(() => norte?.close())

const path = '/api/v1/privacy-requests'
const open = (body: object, key?: string) => norte.ask(shop, 'POST', path, { sub: ana, ...body }, key)
const rowsOf = () => norte.owner('privacy_requests').where({ subject_id: ana }).orderBy('opened_at')

test('a system opens what it was asked in a call, due from when it was received; told again it is one', async () => {
  const since = new Date()
  const receivedAt = new Date(Date.now() - 3 * 86_400_000)
  const body = {
    right: 'rectification',
    words: 'Mi apellido lleva tilde',
    received_at: receivedAt.toISOString(),
    evidence: { channel: 'call-centre', surface: 'inbound-call', language: 'es', touchpoint: 'desk-4' },
    call_reference: 'c-0417',
  }
  const answers = await Promise.all(Array.from({ length: 20 }, () => open(body, 'call-c-0417')))
  const said = answers.filter(({ status }) => status === 200)
  expect(said.length).toBeGreaterThan(0)
  // Whoever comes while the first is under way is told to come again.
  expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
  expect(new Set(said.map((one) => one.body.reference)).size).toBe(1)
  const repeated = await open(body, 'call-c-0417')
  expect(repeated.body).toEqual(said[0]?.body)
  expect(repeated.body).toMatchObject({
    right: 'rectification',
    state: 'open',
    received_at: receivedAt.toISOString(),
    reference: expect.stringMatching(/^SOL-/),
    due: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  })
  const [row, ...others] = await rowsOf()
  expect(others).toEqual([])
  expect(row).toMatchObject({
    channel: 'call-centre',
    opened_by: 'client',
    opened_by_actor: 'client:shop-api',
    call_reference: 'c-0417',
    identity_level: 'none',
    touchpoint_id: 'desk-4',
  })
  const mail = await norte.app.outbox.next('ana@correo.example', since)
  expect(mail.text).toContain(repeated.body.reference)
  expect(mail.text).toContain('/request-not-mine/')
})

test('a letter has no place; it is told in Spanish unless said otherwise', async () => {
  const { status, body } = await open({ right: 'access', language: 'en' })
  expect([status, body.state]).toEqual([200, 'open'])
  const [, row] = await rowsOf()
  expect(row).toMatchObject({ channel: 'api', language: 'en', asked_right: 'access', call_reference: null })
})

test('what cannot be taken is a problem with a stable code', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
  const longAgo = new Date(Date.now() - 200 * 86_400_000).toISOString()
  const before = (await rowsOf()).length
  const codeOf = async (body: object, key?: string) => {
    const said = await open(body, key)
    expect(said.headers.get('content-type')).toBe('application/problem+json')
    return [said.status, said.body.code]
  }
  expect(await codeOf({ right: 'access', received_at: tomorrow })).toEqual([422, 'received-at-in-future'])
  expect(await codeOf({ right: 'access', received_at: longAgo })).toEqual([422, 'received-at-too-old'])
  expect((await codeOf({ right: 'everything' }))[0]).toBe(422)
  expect((await codeOf({ right: 'access', due: '2030-01-01' }))[0]).toBe(422)
  expect(await codeOf({ right: 'access', sub: 'nobody' })).toEqual([404, 'subject-unknown'])
  expect((await codeOf({ right: 'access' }, ''))[0]).toBe(422)
  expect(await rowsOf()).toHaveLength(before)
})

test('needs a scope of its own', async () => {
  const other = await norte.machine({
    client_id: 'other-api',
    recipient_id: 'tienda-norte-shop',
    first_party: true,
  })
  const narrow = await norte.token(other, 'objections:write')
  expect((await norte.ask(narrow, 'POST', path, { sub: ana, right: 'access' })).status).toBe(403)
})
