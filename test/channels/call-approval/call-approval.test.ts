import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandHouse } from '../../../src/compose/command-house.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { browserToken, knock, staffCookie } from '../matrix-visitor.ts'

/* The whole house: an agent's application asks, a mail arrives, and a customer answers with their own passkey. */
/** By how much the house's clock is ahead, in milliseconds. */
let later = 0
let app: TestApp
let owner: ReturnType<typeof openLane>
let secret: string
let agent: string
const ana = personCalled('ana')
const bruno = personCalled('bruno')
const cibaGrant = 'urn:openid:params:grant-type:ciba'

beforeAll(async () => {
  app = await startTestApp({ people: true, clock: { now: () => new Date(Date.now() + later) } })
  owner = openLane(app.database.connection, 'calls', 1)
  const made = await commandHouse(app.house).clients.create({
    client_id: 'centralita',
    client_name: 'Atención al cliente',
    first_party: true,
    redirect_uris: [],
    grant_types: [cibaGrant, 'client_credentials'],
    recipient_id: 'tienda-norte-shop',
    token_endpoint_auth_method: 'client_secret_basic',
    backchannel_token_delivery_mode: 'poll',
    scope: 'openid profile email',
    id_token_signed_response_alg: 'ES256',
  })
  secret = String(made['client_secret'])
  await staffCookie(owner, 'agent')
  agent = (await owner('staff_roles').where({ role: 'agent' }).first('staff_id')).staff_id
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await app?.close()
})
beforeEach(async () => {
  later = 0
  for (const table of ['rate_limits', 'oidc_call_requests', 'oidc_call_blocks']) await owner(table).delete()
})

const post = async (path: string, fields: Record<string, string>) => {
  const answer = await fetch(`${app.origin}${path}`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`centralita:${secret}`).toString('base64')}`,
    },
    body: new URLSearchParams(fields),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
const ask = (hint: string) =>
  post('/oidc/backchannel', {
    scope: 'openid profile',
    login_hint: hint,
    binding_message: 'LUNA-48?',
    acting_agent: agent,
  })
const poll = async (id: unknown) => {
  await owner('oidc_call_requests').update({ polled_at: null })
  return post('/oidc/token', { grant_type: cibaGrant, auth_req_id: String(id) })
}
const words = (html: string) => load(html)('main').text().replaceAll(/\s+/g, ' ')
const mails = (to: string) =>
  app.outbox.messages.filter((mail) => mail.kind === 'call-approval' && mail.recipients.includes(to))

/** Signs in with the password once, and makes a passkey where it is offered. */
async function phoneWithPasskey(person: { email: string; password: string }) {
  const phone = new Visitor(app.origin)
  let seen = await phone.open('/privacy')
  const path = seen.url.pathname.replace(/\/identify$/, '')
  await phone.submit(seen.url.href, { email: person.email })
  seen = await phone.open(`${path}/enter-password`)
  seen = await phone.submit(seen.url.href, { password: person.password })
  expect(seen.url.pathname).toBe(`${path}/create-passkey`)
  const made = phone.authenticator.create(await phone.json(`${path}/create-passkey/options`))
  await phone.goOn(await phone.submit(`${path}/create-passkey`, { response: JSON.stringify(made) }))
  return phone
}

/** Opens the link and proves with the passkey what the page asks for. */
async function openLink(phone: Visitor, link: string) {
  const seen = await phone.open(link)
  if (!seen.url.pathname.startsWith('/sign-in/')) return seen
  const path = seen.url.pathname.replace(/\/(identify|step-up)$/, '')
  const page = seen.url.pathname.endsWith('/step-up') ? 'step-up' : 'passkey'
  const options = await phone.json(`${path}/${page}/options`)
  return phone.goOn(
    await phone.submit(`${path}/${page}`, { response: JSON.stringify(phone.authenticator.get(options)) }),
  )
}

const linkIn = (mail: { readonly text: string } | undefined) =>
  new URL(/https?:\/\/\S+\/call-approval\/[A-Za-z0-9_-]{43}/.exec(mail?.text ?? '')?.[0] ?? '').pathname

async function ring(person: { email: string }) {
  const before = mails(person.email).length
  const { status, body } = await ask(person.email)
  expect(status).toBe(200)
  await vi.waitFor(() => expect(mails(person.email)).toHaveLength(before + 1), { timeout: 10_000 })
  return { id: body['auth_req_id'], link: linkIn(mails(person.email).at(-1)) }
}

describe('a call', () => {
  let phone: Visitor
  beforeAll(async () => {
    phone = await phoneWithPasskey(ana)
  }, 30_000)

  it('is answered by the customer with their own passkey, and names who asks (R51, R56)', async () => {
    const { id, link } = await ring(ana)
    const mail = mails(ana.email).at(-1)
    const reference = `A-${agent.slice(-6).toUpperCase()}`
    for (const part of ['LUNA-48?', reference, 'Atención al cliente']) expect(mail?.text).toContain(part)
    const seen = await openLink(phone, link)
    expect(seen.status).toBe(200)
    const $ = load(seen.text)
    for (const part of ['LUNA-48?', reference, 'Atención al cliente'])
      expect(words(seen.text)).toContain(part)
    const buttons = $('button[name=decision]').toArray()
    expect(buttons.map((one) => $(one).attr('value'))).toEqual(['decline', 'report', 'approve'])
    expect(new Set(buttons.map((one) => $(one).attr('class'))).size).toBe(1)
    expect(
      $('script[src]')
        .toArray()
        .map((one) => $(one).attr('src'))
        .join(),
    ).not.toContain('call')
    expect((await poll(id)).body).toMatchObject({ error: 'authorization_pending' })
    const done = await phone.submit(link, { decision: 'approve' })
    expect(words(done.text)).toContain('Confirmado')
    const { status, body } = await poll(id)
    expect(status).toBe(200)
    expect(body['refresh_token']).toBeUndefined()
  })

  it('opens for nobody else: not with a password, not for another account, not for staff (R56)', async () => {
    const { id, link } = await ring(ana)
    const stranger = new Visitor(app.origin)
    const signedIn = await stranger.signIn(link, bruno)
    expect(words(signedIn.text)).not.toContain('LUNA-48?')
    const browser = await browserToken(app.origin)
    const forged = await stranger.submit(link, { decision: 'approve' })
    expect(words(forged.text)).not.toContain('Confirmado')
    for (const role of ['admin', 'agent', 'dpo'] as const) {
      const cookie = await staffCookie(owner, role)
      for (const method of ['GET', 'POST'] as const) {
        const route = { method, ...(method === 'GET' ? {} : { body: undefined }) } as never
        expect(await knock(app.origin, route, link, cookie, browser)).toBe('out')
      }
    }
    expect((await poll(id)).body).toMatchObject({ error: 'authorization_pending' })
  })

  it('asks for the passkey again when the sign-in is five minutes old', async () => {
    const { link } = await ring(ana)
    await openLink(phone, link)
    later = 302_000
    const again = await phone.ask(link)
    expect(again.status).toBe(303)
    expect(new URL(again.headers.get('location') ?? '', app.origin).searchParams.get('max_age')).toBe('300')
  })

  it('is stopped by “no he sido yo”, for good (R52)', async () => {
    const { id, link } = await ring(ana)
    await openLink(phone, link)
    const stopped = await phone.submit(link, { decision: 'report' })
    expect(words(stopped.text)).toContain('Lo hemos parado')
    expect((await poll(id)).body).toMatchObject({
      error: 'access_denied',
      error_description: 'the customer refused the request',
    })
    expect(await owner('oidc_call_blocks').select('client_id')).toEqual([{ client_id: 'centralita' }])
    expect(await owner('outbox_events').where({ type: 'call-approval.reported' })).toHaveLength(1)
  })

  it('by card, number or address finds its customer, and by anything else nobody (R50)', async () => {
    const shapes = new Set<string>()
    for (const hint of [
      ana.email.toUpperCase(),
      '+34600000000',
      'NORTE-0000-0000',
      'nadie@example.com',
      '%00',
      '',
    ]) {
      const { status, body } = await ask(hint)
      shapes.add(`${status} ${Object.keys(body).sort().join()}`)
    }
    expect([...shapes]).toEqual(['200 auth_req_id,expires_in,interval', '400 error,error_description'])
  })
})

describe('what an agent holds after a yes', () => {
  let token: string
  let phone: Visitor

  beforeAll(async () => {
    phone = await phoneWithPasskey(bruno)
    const { id, link } = await ring(bruno)
    await openLink(phone, link)
    await phone.submit(link, { decision: 'approve' })
    const { status, body } = await poll(id)
    expect(status).toBe(200)
    token = String(body['access_token'])
  }, 30_000)

  it('tells who acts, to the house and to the client (R49)', async () => {
    const act = { sub: `staff:${agent}`, client_id: 'centralita' }
    expect((await post('/oidc/introspect', { token })).body).toMatchObject({ active: true, act })
    expect(await app.house.oidc.bearerOf(token)).toMatchObject({ byAgent: true, clientId: 'centralita' })
  })

  it('is not the customer’s word: no consent is given with it (R56)', async () => {
    const own = await post('/oidc/token', {
      grant_type: 'client_credentials',
      scope: 'notices:read consents:write',
    })
    const headers = {
      authorization: `Bearer ${String(own.body['access_token'])}`,
      accept: 'application/json',
    }
    const purpose = 'personalisation.onsite'
    const found = await fetch(`${app.origin}/api/v1/notices?purpose=${purpose}`, { headers })
    const { id, version, language, text_hash } = (await found.json()) as Record<string, unknown>
    const subjectId = (await app.house.oidc.bearerOf(token))?.subjectId
    const said = await fetch(`${app.origin}/api/v1/consents`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': 'an-agents-yes-0001' },
      body: JSON.stringify({
        sub: subjectId,
        subject_token: token,
        choices: [
          {
            purpose,
            contact_channel: 'none',
            answer: 'yes',
            default_state: 'unticked',
            notice: { id, version, language, text_hash },
          },
        ],
        evidence: { channel: 'web', surface: 'desk', language: 'es' },
      }),
    })
    expect(said.status).toBe(403)
    expect(((await said.json()) as Record<string, unknown>)['code']).toBe('subject-token-refused')
  })

  it('opens none of the customer’s pages: credentials, choices, data and all else stay theirs (R56)', async () => {
    const browser = await browserToken(app.origin)
    const own = app.routes.filter(({ caller }) => caller.who === 'subject')
    expect(own.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'privacy-centre.permissions.save',
        'privacy-centre.security.set-password',
        'privacy-centre.security.add-passkey',
        'privacy-centre.your-data',
        'call-approval.answer',
      ]),
    )
    for (const route of own) {
      const path = route.path.replaceAll(/:[a-zA-Z]+/g, 'x')
      const outcome = await knock(app.origin, route, path, { authorization: `Bearer ${token}` }, browser)
      expect(`${route.name} ${outcome}`).toBe(`${route.name} out`)
    }
  })

  it('opens no service of the house in the client’s place (R19)', async () => {
    const answer = await fetch(`${app.origin}/api/v1/purposes`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    })
    expect(answer.status).toBe(401)
  })

  it('is seen by the customer, each time, among what happened to their account', async () => {
    const seen = await phone.open('/privacy/security')
    for (const line of [
      'te pidió confirmar que eras tú',
      'Confirmaste una llamada',
      'accedió a tu cuenta, con tu confirmación',
    ]) {
      expect(words(seen.text)).toContain(line)
    }
  })
})
