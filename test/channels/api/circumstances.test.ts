import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiHouse, startApiHouse } from './api-house.ts'

let norte: ApiHouse
/** The mailing system, which works for the house, and the house's own shop. */
let mailer: string
let shop: string
let ana: string
let anaToMailer: string

beforeAll(async () => {
  norte = await startApiHouse()
  const esp = await norte.machine({
    client_id: 'correo-norte-api',
    recipient_id: 'correo-norte',
    purpose_id: 'marketing.direct',
    contact_channel: 'email',
    channel: 'api',
  })
  mailer = await norte.token(esp)
  shop = await norte.token(
    await norte.machine({ client_id: 'shop-api', recipient_id: 'tienda-norte-shop', first_party: true }),
  )
  ana = await norte.subjectIdOf('ana')
  anaToMailer = await toMailer('ana')
})
afterAll(() => norte?.close())

async function toMailer(key: string): Promise<string> {
  const client = await norte.app.house.clients.find('correo-norte-api')
  if (client === undefined) throw new Error('no client')
  const subjectId = await norte.subjectIdOf(key)
  const { sector, sub } = norte.app.house.oidc.subjectName(client, subjectId)
  await norte
    .owner('pairwise_subjects')
    .insert({ sector, sub, subject_id: subjectId, first_given_at: new Date() })
    .onConflict(['sector', 'sub'])
    .ignore()
  return sub
}

const emailOf = async (sub: string) => {
  const { body } = await norte.ask(mailer, 'GET', `/api/v1/subjects/${sub}/permissions`)
  return body['items'][0]
}
const audited = async (subjectId: string, action: string) =>
  (await norte.owner('audit_entries').where({ stream_id: subjectId }))
    .map(({ entry }) => (typeof entry === 'string' ? JSON.parse(entry) : entry))
    .filter((entry) => entry.action === action)

const sale = (more = {}) => ({
  sub: ana,
  purchase_id: '0199a1b2-0000-7000-8000-00000000000a',
  category: 'fashion',
  opt_out_offered: true,
  bought_at: new Date(Date.now() - 3_600_000).toISOString(),
  ...more,
})

describe('A sale', () => {
  test('is kept once with the address it was taken at, whoever tells it how often (R92)', async () => {
    const another = await norte.ask(shop, 'POST', '/api/v1/purchases', sale({ address: 'ana@otro.example' }))
    expect([another.status, another.body['code']]).toEqual([422, 'contact-point-unknown'])
    const own = sale({ address: 'Ana@Correo.example' })
    expect((await norte.ask(shop, 'POST', '/api/v1/purchases', own)).body).toEqual({ outcome: 'recorded' })
    expect((await norte.ask(shop, 'POST', '/api/v1/purchases', own)).body).toEqual({ outcome: 'unchanged' })
    const [row, ...more] = await norte.owner('purchases').where({ subject_id: ana })
    expect(more).toEqual([])
    expect(row).toMatchObject({ category: 'fashion', opt_out_offered: true })
    expect(row.contact_point).not.toBeNull()
    expect(await audited(ana, 'consent.purchase-recorded')).toMatchObject([
      { actor: 'client:shop-api', client: 'shop-api' },
    ])
  })

  test('is not for a system to report that would earn by it, nor of the future, nor without a key', async () => {
    const asked = await norte.ask(mailer, 'POST', '/api/v1/purchases', sale({ sub: anaToMailer }))
    expect([asked.status, asked.body['code']]).toEqual([403, 'house-only'])
    const ahead = sale({ bought_at: new Date(Date.now() + 3_600_000).toISOString() })
    expect((await norte.ask(shop, 'POST', '/api/v1/purchases', ahead)).body['code']).toBe(
      'purchase-in-future',
    )
    expect((await norte.ask(shop, 'POST', '/api/v1/purchases', sale(), '')).body['code']).toBe(
      'idempotency-key-missing',
    )
    const narrow = await norte.ask(shop, 'POST', '/api/v1/purchases', sale({ consent: true }))
    expect(narrow.status).toBe(422)
  })
})

test('a contract begins and ends, each told once, by the house alone', async () => {
  const contract_id = '0199a1b2-0000-7000-8000-00000000000b'
  const begun = { sub: ana, contract_id, began_at: new Date(Date.now() - 1000).toISOString() }
  const refused = await norte.ask(mailer, 'POST', '/api/v1/contracts', { ...begun, sub: anaToMailer })
  expect([refused.status, refused.body['code']]).toEqual([403, 'house-only'])
  expect((await norte.ask(shop, 'POST', '/api/v1/contracts', begun)).body['outcome']).toBe('recorded')
  expect((await norte.ask(shop, 'POST', '/api/v1/contracts', begun)).body['outcome']).toBe('unchanged')
  const end = `/api/v1/contracts/${contract_id}:end`
  expect((await norte.ask(shop, 'POST', end, { sub: ana })).body['outcome']).toBe('recorded')
  expect((await norte.ask(shop, 'POST', end, { sub: ana })).body['outcome']).toBe('unchanged')
  const [row] = await norte.owner('contracts').where({ subject_id: ana })
  expect(row.ended_at).toBeInstanceOf(Date)
  expect((await norte.ask(shop, 'POST', '/api/v1/contracts/not-an-id:end', { sub: ana })).status).toBe(422)
})

describe('A complaint', () => {
  test('told by the mailing system stops its mail at once, whatever was agreed to', async () => {
    expect(await emailOf(anaToMailer)).toMatchObject({ decision: 'PERMIT' })
    const complaint = {
      sub: anaToMailer,
      contact_channel: 'email',
      reason: 'complaint',
      source: 'feedback-loop',
    }
    expect((await norte.ask(mailer, 'POST', '/api/v1/suppressions', complaint)).body['outcome']).toBe(
      'recorded',
    )
    expect(await emailOf(anaToMailer)).toMatchObject({ decision: 'DENY', reason: 'SUPPRESSED_INTERNAL' })
    expect((await norte.ask(mailer, 'POST', '/api/v1/suppressions', complaint)).body['outcome']).toBe(
      'unchanged',
    )
  })

  test('reaches no further than the contact channel of who tells it, and a court is no matter for a system', async () => {
    const told = { sub: anaToMailer, reason: 'complaint', source: 'feedback-loop' }
    for (const contact_channel of ['sms', '*']) {
      const said = await norte.ask(mailer, 'POST', '/api/v1/suppressions', { ...told, contact_channel })
      expect([said.status, said.body['code']]).toEqual([403, 'contact-channel-not-yours'])
    }
    const court = { sub: ana, contact_channel: '*', reason: 'court', source: 'juzgado-3' }
    expect((await norte.ask(shop, 'POST', '/api/v1/suppressions', court)).status).toBe(422)
    const all = { ...court, reason: 'complaint' }
    expect((await norte.ask(shop, 'POST', '/api/v1/suppressions', all)).body['outcome']).toBe('recorded')
  })

  test('has no way back in the API: what only the officer decides has no route for clients', () => {
    const ofClients = norte.app.routes.filter(({ caller }) => caller.who === 'client')
    const powers = ofClients.filter(({ path }) => /lift|restrict|override/.test(path))
    expect(ofClients.length).toBeGreaterThan(10)
    expect(powers).toEqual([])
  })
})
