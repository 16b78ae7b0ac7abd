import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationId, templateOf } from '../../../src/channels/api/openapi.ts'
import { operations } from '../../../src/channels/api/operations.ts'
import type { ExampleExchange } from '../../../src/platform/web/route.ts'
import { type ApiHouse, everyScope, startApiHouse } from './api-house.ts'
import { atTheTill, checkAnswer } from './examples.ts'
import { list, nameInMailing, walkList } from './permission-list.ts'

let norte: ApiHouse
let mailer: string
let shop: { readonly id: string; readonly secret: string }
let shopToken: string
/** Ana and Bruno as the mailing system knows them. */
let ana: string
let bruno: string

beforeAll(async () => {
  norte = await startApiHouse()
  await norte.sweep()
  const esp = await norte.machine({
    client_id: 'correo-norte-api',
    recipient_id: 'correo-norte',
    purpose_id: 'marketing.direct',
    contact_channel: 'email',
    channel: 'api',
  })
  mailer = await norte.token(esp)
  shop = await norte.machine({ client_id: 'shop-api', recipient_id: 'tienda-norte-shop', first_party: true })
  shopToken = await norte.token(shop)
  const names = await everybody()
  ana = (await nameOf('ana')) ?? ''
  bruno = (await nameOf('bruno')) ?? ''
  expect(names).toContain(ana)
})
afterAll(() => norte?.close())

/** Somebody the examples may use as they like. */
const example = 'carmen'

const walk = (limit?: number) => walkList(norte, mailer, limit)
const nameOf = (key: string) => nameInMailing(norte, key)
const everybody = async () => (await walk()).items.map(({ sub }) => String(sub))

const noticeOf = async (purpose: string, token = mailer) => {
  const { body } = await norte.ask(token, 'GET', `/api/v1/notices?purpose=${purpose}`)
  const { id, version, language, text_hash } = body
  return { id, version, language, text_hash }
}
const evidence = { channel: 'web', surface: 'newsletter-footer', language: 'es' }
const answer = async (
  answer: string,
  sub: string,
  more = {},
  token = mailer,
  purpose = 'marketing.direct',
  contact_channel = 'email',
) => ({
  sub,
  choices: [
    {
      purpose,
      contact_channel,
      answer,
      notice: await noticeOf(purpose, token),
      ...(answer === 'yes' ? { default_state: 'unticked' } : {}),
    },
  ],
  evidence,
  ...more,
})

describe('The examples of the reference', () => {
  /** What stands in the examples for somebody and something that only this house knows. */
  const made = {
    sub: '7tq0Ww9dHk2Yv0q1Vb6p2nX4rJ8sZ3mL5cT1aQ9eU0o',
    hash: 'q1Jm0Yp8hFv0pQ0m4c2m6fN3nJ1d1yq0o7iS2aVtq0E',
    receipt: '0199a1b2-0000-7000-8000-000000000001',
  }
  let receipt = ''
  let notice: Awaited<ReturnType<typeof noticeOf>>
  let someone = ''
  beforeAll(async () => {
    notice = await noticeOf('marketing.direct')
    someone = await nameOf(example)
    const said = await norte.ask(mailer, 'POST', '/api/v1/consents', await answer('no', someone))
    receipt = said.body['receipt_id']
    await anAgentInACall()
  })

  /** The agent of the examples, and the call that the shop announced for them. */
  const anAgentInACall = async () => {
    const [agent, call] = ['0199a1b2-0000-7000-8000-0000000000a1', '0199a1b2-0000-7000-8000-0000000000c1']
    const at = new Date()
    await norte
      .owner('staff')
      .insert({ staff_id: agent, login: 'lucia', display_name: 'Lucía', created_at: at })
    await norte.owner('staff_roles').insert({ staff_id: agent, role: 'agent', granted_at: at })
    await norte.owner('calls').insert({
      call_id: call,
      reference: 'LL-4F7K2M',
      external_call: 'pbx-1',
      client_id: shop.id,
      agent_id: agent,
      touchpoint_id: 'desk-4',
      language: 'es',
      state: 'open',
      match: 'one',
      assurance: 'none',
      opened_at: at,
      expires_at: new Date(at.getTime() + 3_600_000),
    })
  }

  const real = (value: ExampleExchange, sub: string): ExampleExchange =>
    JSON.parse(
      JSON.stringify(value)
        .replaceAll(made.sub, sub)
        .replaceAll(made.hash, notice.text_hash)
        .replaceAll(made.receipt, receipt),
    )

  /** Those are sent where there are tills and cards: tills.test.ts. */
  const elsewhere = operations.filter((one) => atTheTill.has(one.name))
  test('are each sent here or at a till', () => expect(elsewhere).toHaveLength(atTheTill.size))

  test.each(
    operations.filter((one) => !elsewhere.includes(one)).map((one) => [operationId(one.name), one] as const),
  )('%s: what is shown is what is answered', async (id, one) => {
    // What opens a way to people is the house's own to tell; everything else is asked as the mailing system.
    const own = [
      'purchases:write',
      'contracts:write',
      'residences:write',
      'calls:write',
      'calls:read',
    ].includes(one.caller.scope)
    const sub = own ? await norte.subjectIdOf(example) : someone
    const { params = {}, query, body, status } = real(one.example, sub)
    const path = templateOf(one.path).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    )
    const search = new URLSearchParams(query ?? {}).toString()
    const said = await norte.ask(
      own ? shopToken : mailer,
      one.method,
      search === '' ? path : `${path}?${search}`,
      body,
    )
    expect([id, said.status, said.body['code']]).toEqual([id, status, undefined])
    checkAnswer(one, said)
  })
})

describe('A system', () => {
  test('asks for what it is registered for, on its own contact channel, and for nothing else', async () => {
    const purposes = await norte.ask(mailer, 'GET', '/api/v1/purposes')
    expect(purposes.body['items'].map(({ id }: { id: string }) => id)).toEqual(['marketing.direct'])
    expect((await norte.ask(mailer, 'GET', '/api/v1/purposes/personalisation.onsite')).body['code']).toBe(
      'purpose-unknown',
    )
    expect((await norte.ask(mailer, 'GET', '/api/v1/notices?purpose=auth.login')).status).toBe(404)
    const sms = await norte.ask(
      mailer,
      'GET',
      '/api/v1/permissions?purpose=marketing.direct&contact_channel=sms',
    )
    expect([sms.status, sms.body['code']]).toEqual([403, 'contact-channel-not-yours'])
    const one = {
      sub: ana,
      purpose: 'personalisation.onsite',
      contact_channel: 'none',
      attribute: 'birth_date',
    }
    expect((await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', one)).status).toBe(404)
  })

  test('needs a token of its own with the scope of the operation', async () => {
    expect((await norte.ask(undefined, 'GET', '/api/v1/purposes')).status).toBe(401)
    const narrow = await norte.token(shop, 'purposes:read')
    expect((await norte.ask(narrow, 'GET', '/api/v1/purposes')).status).toBe(200)
    const refused = await norte.ask(narrow, 'GET', list)
    expect([refused.status, refused.body['code']]).toEqual([403, 'scope-missing'])
    expect(refused.headers.get('www-authenticate')).toContain('scope="permissions:read"')
    const others = operations.filter(({ name }) => !atTheTill.has(name))
    expect(everyScope.split(' ')).toHaveLength(new Set(others.map(({ caller }) => caller.scope)).size)
  })

  test('knows people by its own names alone: an id, and the name of another sector, mean nobody', async () => {
    const id = await norte.subjectIdOf('ana')
    expect((await norte.ask(mailer, 'GET', `/api/v1/subjects/${id}/permissions`)).body['code']).toBe(
      'subject-unknown',
    )
    expect((await norte.ask(shopToken, 'GET', `/api/v1/subjects/${ana}/permissions`)).body['code']).toBe(
      'subject-unknown',
    )
    const own = await norte.ask(mailer, 'GET', `/api/v1/subjects/${ana}/permissions`)
    expect(own.body['items']).toMatchObject([
      { purpose: 'marketing.direct', contact_channel: 'email', decision: 'PERMIT' },
    ])
    expect((await norte.ask(shopToken, 'GET', `/api/v1/subjects/${id}/permissions`)).status).toBe(200)
    expect(ana).not.toContain(id)
  })

  test('asks a thousand questions at once and not one more, and hears about strangers that they are strangers', async () => {
    const one = { sub: ana, purpose: 'marketing.direct', contact_channel: 'email', attribute: 'email' }
    const many = Array.from({ length: 1000 }, (_, index) =>
      index % 2 === 0 ? one : { ...one, sub: `stranger-${index}` },
    )
    const said = await norte.ask(mailer, 'POST', '/api/v1/decisions', { questions: many })
    expect(said.status).toBe(200)
    expect(said.body['items']).toHaveLength(1000)
    expect(said.body['items'].slice(0, 2)).toMatchObject([
      { decision: 'PERMIT' },
      { decision: 'DENY', reason: 'SUBJECT_UNKNOWN' },
    ])
    const more = await norte.ask(mailer, 'POST', '/api/v1/decisions', { questions: [...many, one] })
    expect([more.status, more.body['errors'][0].pointer]).toEqual([422, '/questions'])
  })

  test('sends a key with every act: without one nothing happens, and with the same one nothing twice (R92)', async () => {
    const body = await answer('no', bruno)
    expect((await norte.ask(mailer, 'POST', '/api/v1/consents', body, '')).body['code']).toBe(
      'idempotency-key-missing',
    )
    const first = await norte.ask(
      mailer,
      'POST',
      '/api/v1/objections',
      { sub: bruno, purpose: 'marketing.direct', evidence },
      'the-same-key',
    )
    const again = await norte.ask(
      mailer,
      'POST',
      '/api/v1/objections',
      { sub: bruno, purpose: 'marketing.direct', evidence },
      'the-same-key',
    )
    expect(first.body['outcome']).toBe('recorded')
    expect(again.body).toEqual(first.body)
    const other = await norte.ask(
      mailer,
      'POST',
      '/api/v1/objections',
      { sub: ana, purpose: 'marketing.direct', evidence },
      'the-same-key',
    )
    expect([other.status, other.body['code']]).toEqual([422, 'idempotency-key-reused'])
  })
})

describe('A yes is never a system’s to say (product 7)', () => {
  const states = async (key: string) =>
    norte
      .owner('consent_events')
      .where({ subject_id: await norte.subjectIdOf(key) })
      .orderBy('recorded_at')

  test('without the person’s own token it is kept as a claim without evidence, and permits nothing', async () => {
    const sub = bruno
    const key = 'bruno'
    const before = await norte.ask(mailer, 'GET', `/api/v1/subjects/${sub}/permissions`)
    const said = await norte.ask(mailer, 'POST', '/api/v1/consents', await answer('yes', sub))
    expect(said.status).toBe(200)
    expect(said.body['items'][0]).toMatchObject({
      decision: 'DENY',
      counted: false,
      reason: before.body['items'][0].reason,
    })
    const claim = (await states(key)).at(-1)
    expect(claim).toMatchObject({ type: 'given', actor: 'system', evidence_grade: 'none' })
    const again = await norte.ask(mailer, 'POST', '/api/v1/consents', await answer('yes', sub))
    expect(again.body['outcome']).toBe('unchanged')
  })

  test('with the person’s own token, from a client of ours, it counts', async () => {
    const redirect = `http://localhost:${Number(new URL(norte.app.origin).port) + 1}/callback`
    const web = await norte.app.house.clients.find('tienda-norte-web')
    const [registered] = (web?.metadata['redirect_uris'] as string[] | undefined) ?? [redirect]
    const own = await norte.personToken('ana', 'tienda-norte-web', registered ?? redirect)
    const bound = await norte.app.house.oidc.bearerOf(own)
    expect(bound?.subjectId).toBe(await norte.subjectIdOf('ana'))
    const id = await norte.subjectIdOf('ana')
    // The token was given to the web shop and not to this client, which has no business showing it.
    const stolen = await norte.ask(
      shopToken,
      'POST',
      '/api/v1/consents',
      await answer('yes', id, { subject_token: own }, shopToken, 'personalisation.onsite', 'none'),
    )
    expect([stolen.status, stolen.body['code']]).toEqual([403, 'subject-token-refused'])
    expect((await norte.ask(own, 'GET', '/api/v1/purposes')).status).toBe(401)
  })

  test('a token of somebody else, and one that is none, are refused and nothing is recorded', async () => {
    const before = (await states('ana')).length
    const said = await norte.ask(
      mailer,
      'POST',
      '/api/v1/consents',
      await answer('yes', ana, { subject_token: 'A'.repeat(43) }),
    )
    expect([said.status, said.body['code']]).toEqual([403, 'subject-token-refused'])
    expect(await states('ana')).toHaveLength(before)
  })

  test('a ticked default, words nobody published and fields of ours are refused', async () => {
    const ticked = await answer('no', ana)
    const body = { ...ticked, choices: [{ ...ticked.choices[0], default_state: 'ticked' }] }
    expect((await norte.ask(mailer, 'POST', '/api/v1/consents', body)).body['code']).toBe(
      'choice_ticked_by_default',
    )
    const invented = {
      ...ticked,
      choices: [
        { ...ticked.choices[0], notice: { ...ticked.choices[0]!.notice, text_hash: 'x'.repeat(43) } },
      ],
    }
    expect((await norte.ask(mailer, 'POST', '/api/v1/consents', invented)).body['code']).toBe(
      'notice_unknown',
    )
    expect(
      (await norte.ask(mailer, 'POST', '/api/v1/consents', { ...ticked, actor: 'subject' })).status,
    ).toBe(422)
    expect(
      (
        await norte.ask(mailer, 'POST', '/api/v1/consents', {
          ...ticked,
          evidence: { ...evidence, channel: 'kiosk' },
        })
      ).body['errors'][0].pointer,
    ).toBe('/evidence/touchpoint')
  })

  test('how the control stood is said with every yes, because nobody else saw it', async () => {
    const { sub, ...told } = await answer('yes', bruno)
    const silent = told.choices.map(({ default_state: _, ...one }) => one)
    const said = await norte.ask(mailer, 'POST', '/api/v1/consents', { sub, ...told, choices: silent })
    expect([said.status, said.body['errors'][0].pointer]).toEqual([422, '/choices/0/default_state'])
    const ticked = told.choices.map((one) => ({ ...one, default_state: 'ticked' }))
    const refused = await norte.ask(mailer, 'POST', '/api/v1/consents', { sub, ...told, choices: ticked })
    expect(refused.body['code']).toBe('choice_ticked_by_default')
  })

  test('another controller reports nothing for us', async () => {
    await norte.owner('recipients').insert({
      recipient_id: 'adnet',
      name: 'AdNet',
      role: 'controller',
      legal_entity: 'AdNet GmbH',
      processing_contract: false,
      third_country: false,
      countries: ['DE'],
      purposes: ['marketing.direct'],
      created_at: new Date(),
    })
    await norte.app.house.registry.refresh()
    const adnet = await norte.token(
      await norte.machine({
        client_id: 'adnet-api',
        recipient_id: 'adnet',
        purpose_id: 'marketing.direct',
        contact_channel: 'email',
      }),
    )
    const said = await norte.ask(adnet, 'POST', '/api/v1/objections', {
      sub: ana,
      purpose: 'marketing.direct',
      evidence,
    })
    expect([said.status, said.body['code']]).toEqual([403, 'recipient-may-not-write'])
    // Nobody named it in a notice, so it may use nobody, and is told of nobody.
    expect((await norte.ask(adnet, 'GET', list)).body['items']).toEqual([])
  })
})

describe('What changed since', () => {
  test('a withdrawal reaches a system that lost every message, and somebody it never met does not', async () => {
    const { next } = await walk()
    const quiet = await norte.ask(mailer, 'GET', `${list}&changed_since=${encodeURIComponent(next)}`)
    expect(quiet.body).toMatchObject({ items: [], more: false })
    const withdrawn = await norte.ask(mailer, 'POST', '/api/v1/consents', await answer('no', ana))
    expect(withdrawn.body['items'][0]).toMatchObject({
      decision: 'DENY',
      reason: 'CONSENT_WITHDRAWN',
      counted: true,
    })
    await norte.owner('pairwise_subjects').where({ sub: bruno }).delete()
    const since = `${list}&changed_since=${encodeURIComponent(next)}`
    // Other databases of this server have transactions open, and the feed waits for the oldest.
    await expect
      .poll(async () => (await norte.ask(mailer, 'GET', since)).body['items'], { timeout: 20_000 })
      .toHaveLength(1)
    const changed = await norte.ask(mailer, 'GET', since)
    expect(changed.body['items']).toMatchObject([{ sub: ana, decision: 'DENY', reason: 'CONSENT_WITHDRAWN' }])
    const after = await norte.ask(
      mailer,
      'GET',
      `${list}&changed_since=${encodeURIComponent(changed.body['next'])}`,
    )
    expect(after.body['items']).toEqual([])
  })

  test('a cursor of another list, of another client, or made up, is gone', async () => {
    const { next } = await walk()
    for (const cursor of ['made-up', `${next}A`, next.slice(0, -2)]) {
      const said = await norte.ask(mailer, 'GET', `${list}&changed_since=${encodeURIComponent(cursor)}`)
      expect([said.status, said.body['code']]).toEqual([410, 'cursor-gone'])
    }
    expect((await norte.ask(mailer, 'GET', `${list}&limit=201`)).status).toBe(422)
  })
})

test('a decision is explained as of a past day: by what was recorded and published then', async () => {
  const one = { sub: ana, purpose: 'marketing.direct', contact_channel: 'email', attribute: 'email' }
  const now = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', one)
  expect(now.body).toMatchObject({
    decision: 'DENY',
    reason: 'CONSENT_WITHDRAWN',
  })
  expect(now.body['rules'].map(({ rule }: { rule: string }) => rule)).toHaveLength(8)
  const long = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', {
    ...one,
    as_of: '2020-01-01T00:00:00Z',
  })
  expect(long.body).toMatchObject({ decision: 'DENY', reason: 'PURPOSE_UNKNOWN' })
  const events = await norte
    .owner('consent_events')
    .where({ subject_id: await norte.subjectIdOf('ana'), type: 'withdrawn' })
    .orderBy('recorded_at', 'desc')
  const justBefore = new Date(events[0].recorded_at.getTime() - 1).toISOString()
  const before = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', { ...one, as_of: justBefore })
  expect(before.body).toMatchObject({ decision: 'PERMIT', reason: 'CONSENT_GIVEN' })
  const ahead = await norte.ask(mailer, 'POST', '/api/v1/decisions:explain', {
    ...one,
    as_of: '2999-01-01T00:00:00Z',
  })
  expect(ahead.body['code']).toBe('as-of-in-future')
})
