import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiHouse, startApiHouse } from './api-house.ts'
import { nameInMailing } from './permission-list.ts'

let norte: ApiHouse
/** The mailing system, registered for one purpose by e-mail, and the house's own shop. */
let mailer: string
let shop: string
let ana: string
let anaInMailing: string

beforeAll(async () => {
  norte = await startApiHouse()
  mailer = await norte.token(
    await norte.machine({
      client_id: 'correo-norte-api',
      recipient_id: 'correo-norte',
      purpose_id: 'marketing.direct',
      contact_channel: 'email',
      channel: 'api',
    }),
  )
  shop = await norte.token(
    await norte.machine({ client_id: 'shop-api', recipient_id: 'tienda-norte-shop', first_party: true }),
  )
  ana = await norte.subjectIdOf('ana')
  anaInMailing = await nameInMailing(norte, 'ana')
})
afterAll(() => norte?.close())

const evidence = { channel: 'web', surface: 'newsletter-footer', language: 'es' }
const object = (token: string, sub: string, more: object) =>
  norte.ask(token, 'POST', '/api/v1/objections', { sub, evidence, ...more })
const byEmail = async () =>
  (await norte.ask(mailer, 'GET', `/api/v1/subjects/${anaInMailing}/permissions`)).body.items[0]
const objections = (subject_id: string) =>
  norte.owner('consent_events').where({ subject_id, type: 'objected' }).orderBy('recorded_at')

describe('All advertising, in one word of the person (Art. 21(2))', () => {
  const all = { purpose: 'marketing.*' }

  test('may be of one contact channel, which stops that one alone', async () => {
    expect((await object(shop, ana, { ...all, contact_channel: 'sms' })).body.outcome).toBe('recorded')
    expect((await object(shop, ana, { ...all, contact_channel: 'sms' })).body.outcome).toBe('unchanged')
    expect(await byEmail()).toMatchObject({ decision: 'PERMIT' })
    expect(await objections(ana)).toMatchObject([{ purpose_id: 'marketing.*', contact_channel: 'sms' }])
    const theirs = await object(mailer, anaInMailing, { ...all, contact_channel: 'sms' })
    expect([theirs.status, theirs.body.code]).toEqual([403, 'contact-channel-not-yours'])
  })

  test('carried by the mailing system it stops every kind, everywhere, and is one fact however often told', async () => {
    const said = await object(mailer, anaInMailing, all)
    expect(said.body).toMatchObject({ outcome: 'recorded', receipt_id: expect.any(String) })
    expect(await byEmail()).toMatchObject({ decision: 'DENY', reason: 'OBJECTED' })
    expect((await object(shop, ana, all)).body.outcome).toBe('unchanged')
    expect((await object(shop, ana, { ...all, contact_channel: 'email' })).body.outcome).toBe('unchanged')
    const [, last] = await objections(ana)
    expect(last).toMatchObject({ purpose_id: 'marketing.*', contact_channel: '*', actor: 'agent' })
  })

  test('is no business of a system that has nothing to do with advertising, nor any other family of purposes', async () => {
    await norte.owner('recipients').insert({
      recipient_id: 'mensajeria',
      name: 'Mensajería',
      role: 'processor',
      legal_entity: 'Mensajería, S. L.',
      processing_contract: true,
      third_country: false,
      countries: ['ES'],
      purposes: ['auth.login'],
      created_at: new Date(),
    })
    await norte.app.house.registry.refresh()
    const courier = await norte.token(
      await norte.machine({ client_id: 'mensajeria-api', recipient_id: 'mensajeria', first_party: true }),
    )
    expect((await object(courier, ana, all)).body.code).toBe('purpose-unknown')
    expect((await object(shop, ana, { purpose: 'personalisation.*' })).body.code).toBe('purpose-unknown')
  })
})

describe('An objection to one purpose', () => {
  const purpose = 'personalisation.onsite'

  test('needs no words: a purpose that no screen has a notice of can be objected to', async () => {
    await norte.owner('notices').where('purpose_id', purpose).update({ surface: 'paper' })
    // Published wordings never change, so the registry looks at them again only along with something else.
    await norte.owner('recipients').where('recipient_id', 'correo-norte').update({ name: 'Correo del Norte' })
    await norte.app.house.registry.refresh()
    const bruno = await norte.subjectIdOf('bruno')
    const said = await object(shop, bruno, { purpose })
    expect(said.body.outcome).toBe('recorded')
    expect(await objections(bruno)).toMatchObject([{ purpose_id: purpose, notice_id: null }])
    expect((await object(shop, bruno, { purpose })).body.outcome).toBe('unchanged')
  })

  test('to one of its contact channels leaves the others, and to all is told from it', async () => {
    const carmen = await nameInMailing(norte, 'carmen')
    const id = await norte.subjectIdOf('carmen')
    const direct = { purpose: 'marketing.direct' }
    expect((await object(mailer, carmen, { ...direct, contact_channel: 'email' })).body.outcome).toBe(
      'recorded',
    )
    expect((await object(mailer, carmen, { ...direct, contact_channel: 'email' })).body.outcome).toBe(
      'unchanged',
    )
    expect((await object(mailer, carmen, direct)).body.outcome).toBe('recorded')
    expect((await object(mailer, carmen, direct)).body.outcome).toBe('unchanged')
    expect((await objections(id)).map(({ contact_channel }) => contact_channel)).toEqual(['email', '*'])
    const foreign = await object(mailer, carmen, { ...direct, contact_channel: 'sms' })
    expect([foreign.status, foreign.body.code]).toEqual([403, 'contact-channel-not-yours'])
  })

  test.each(['kiosk', 'store', 'call-centre'])('said at a %s it names where', async (channel) => {
    const told = { ...evidence, channel }
    const said = await object(shop, ana, { purpose, evidence: told })
    expect([said.status, said.body.errors[0].pointer]).toEqual([422, '/evidence/touchpoint'])
    const named = await object(shop, ana, { purpose, evidence: { ...told, touchpoint: 'puesto-4' } })
    expect(named.status).toBe(200)
  })
})
