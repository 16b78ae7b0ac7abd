import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiHouse, startApiHouse } from './api-house.ts'
import { list, nameInMailing } from './permission-list.ts'

let norte: ApiHouse
/** The mailing system, registered for one purpose by e-mail, and the house's own shop. */
let mailer: string
let shop: string
let ana: string

beforeAll(async () => {
  norte = await startApiHouse()
  await norte.sweep()
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
  ana = await nameInMailing(norte, 'ana')
})
afterAll(() => norte?.close())

const about = (sub: string, more = {}) => ({
  sub,
  purpose: 'marketing.direct',
  contact_channel: 'email',
  attribute: 'email',
  ...more,
})
const decisions = async (questions: readonly object[], token = mailer, key?: string) =>
  norte.ask(token, 'POST', '/api/v1/decisions', { questions }, key)
const decided = async (one: object, token = mailer) => (await decisions([one], token)).body.items[0]

/** As a mail provider does it (RFC 8058 3.2): no cookie, no origin, and this body. */
const oneClick = (href: string) =>
  fetch(href, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  })

describe('One question among many', () => {
  test('each is answered for itself: what is not the client’s, or exists no more, is a no of that item alone', async () => {
    const now = new Date()
    await norte.owner('purposes').where('purpose_id', 'personalisation.onsite').update({ retired_at: now })
    const purposes = ['auth.login', 'personalisation.*']
    await norte.owner('recipients').where('recipient_id', 'tienda-norte-shop').update({ purposes })
    await norte.app.house.registry.refresh()
    const id = await norte.subjectIdOf('ana')
    const mixed = [
      about(ana),
      about(ana, { purpose: 'auth.login' }),
      about(ana, { purpose: 'nothing.like_it' }),
      about(ana, { contact_channel: 'sms' }),
      about('stranger'),
    ]
    const said = await decisions(mixed)
    expect(said.status).toBe(200)
    expect(said.body.items.map(({ reason }: { reason: string }) => reason)).toEqual([
      'CONSENT_GIVEN',
      // A purpose of somebody else and one that nobody has get the same words.
      'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE',
      'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE',
      'SYSTEM_NOT_AUTHORISED_FOR_PURPOSE',
      'SUBJECT_UNKNOWN',
    ])
    const own = await decisions(
      [
        about(id, { purpose: 'personalisation.onsite', contact_channel: 'none' }),
        about(id, { purpose: 'personalisation.never_published', contact_channel: 'none' }),
        about('stranger', { purpose: 'personalisation.never_published', contact_channel: 'none' }),
        about(id, { purpose: 'auth.login', contact_channel: 'post' }),
      ],
      shop,
    )
    expect(own.status).toBe(200)
    expect(own.body.items.map(({ reason }: { reason: string }) => reason)).toEqual([
      'PURPOSE_RETIRED',
      'PURPOSE_UNKNOWN',
      'PURPOSE_UNKNOWN',
      'NO_BASIS_CONFIGURED',
    ])
    for (const item of [...said.body.items.slice(1), ...own.body.items]) {
      expect(item).toMatchObject({ decision: 'DENY', basis: null, ask: false, obligations: [] })
    }
  })

  test('may name an address: one of the person’s is judged, any other is a no', async () => {
    const their = await decided(about(ana, { contact_point: 'Ana@Correo.example' }))
    expect(their).toMatchObject({ decision: 'PERMIT', contact_point: 'Ana@Correo.example' })
    const other = await decided(about(ana, { contact_point: 'bruno@correo.example' }))
    expect(other).toMatchObject({ decision: 'DENY', basis: null })
    expect(other.opt_out).toBeUndefined()
    expect(await decided(about(ana, { contact_point: 'nothing like an address' }))).toEqual({
      ...other,
      contact_point: 'nothing like an address',
    })
  })

  test('says for which kind of product: bought before, it may carry an offer', async () => {
    expect(await decided(about(ana, { campaign_category: 'fashion' }))).toMatchObject({
      decision: 'PERMIT',
      campaign_category: 'fashion',
    })
  })
})

describe('The way out of each message', () => {
  test('comes with every permission to advertise, wherever it is asked for, and with nothing else', async () => {
    const asked = await decided(about(ana))
    const read = await norte.ask(mailer, 'GET', `/api/v1/subjects/${ana}/permissions`)
    const listed = await norte.ask(mailer, 'GET', `${list}&limit=200`)
    const inList = listed.body.items.find(({ sub }: { sub: string }) => sub === ana)
    for (const { decision, opt_out } of [asked, read.body.items[0], inList]) {
      expect(decision).toBe('PERMIT')
      expect(opt_out.href).toMatch(new RegExp(`^${norte.app.origin}/withdraw/[\\w-]+$`))
      expect(opt_out.headers).toEqual({
        'List-Unsubscribe': `<${opt_out.href}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      })
    }
    const id = await norte.subjectIdOf('ana')
    const { body } = await norte.ask(shop, 'GET', `/api/v1/subjects/${id}/permissions`)
    const service = body.items.filter(({ decision }: { decision: string }) => decision === 'PERMIT')
    expect(service.length).toBeGreaterThan(0)
    expect(service.every((one: object) => !('opt_out' in one))).toBe(true)
  })
})

describe('A question is no command', () => {
  test('opened, the way out changes nothing; posted by a mail provider without cookies it stops the mail, and the question of before under its key is answered anew (R91; RFC 8058)', async () => {
    const key = 'nightly-job-0001'
    const before = await decisions([about(ana)], mailer, key)
    const { decision, opt_out } = before.body.items[0]
    expect(decision).toBe('PERMIT')
    const page = await fetch(opt_out.href, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('<button')
    expect(await decided(about(ana))).toMatchObject({ decision: 'PERMIT' })
    const address = /^<(.+)>$/.exec(opt_out.headers['List-Unsubscribe'])?.[1] ?? ''
    expect((await oneClick(address)).status).toBe(200)
    const again = await decisions([about(ana)], mailer, key)
    expect(again.body.items[0]).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
    expect(again.body.items[0].opt_out).toBeUndefined()
    const explained = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', about(ana), key)
    expect(explained.body).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
    // Whom they may not write to, they learn no address of.
    const probed = await decided(about(ana, { contact_point: 'somebody@correo.example' }))
    expect(probed).toMatchObject({ decision: 'DENY', reason: 'CONSENT_WITHDRAWN' })
  })

  test('needs no key, and none of its answers is kept (R91)', async () => {
    const kept = async () =>
      (await norte.owner('idempotency_keys').where('caller', 'like', '%decisions%')).length
    const many = Array.from({ length: 1000 }, (_, index) => about(`stranger-${index}`))
    const said = await norte.ask(mailer, 'POST', '/api/v1/decisions', { questions: many }, '')
    expect([said.status, said.body.items.length]).toEqual([200, 1000])
    expect((await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', about(ana), '')).status).toBe(200)
    expect(await kept()).toBe(0)
  })
})
