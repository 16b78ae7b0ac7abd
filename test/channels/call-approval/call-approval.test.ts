import { load } from 'cheerio'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { personCalled, Visitor } from '../../house/visitor.ts'
import { browserToken, knock, staffCookie } from '../matrix-visitor.ts'
import { type CallSite, openCallSite, words } from './call-site.ts'

/* The whole house: an agent's application asks, a mail arrives, and a customer answers with their own passkey. */
let site: CallSite
const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  site = await openCallSite()
}, 60_000)
afterAll(() => site?.close())
beforeEach(() => site.tidy())

describe('a call', () => {
  let phone: Visitor
  beforeAll(async () => {
    phone = await site.phoneWithPasskey(ana)
  }, 30_000)

  it('is answered by the customer with their own passkey, and names who asks (R51, R56)', async () => {
    const { id, link } = await site.ring(ana)
    const mail = site.mails(ana.email).at(-1)
    const reference = `A-${site.agent.slice(-6).toUpperCase()}`
    for (const part of ['LUNA-48?', reference, 'Atención al cliente']) expect(mail?.text).toContain(part)
    const seen = await site.openProven(phone, link)
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
    expect((await site.poll(id)).body).toMatchObject({ error: 'authorization_pending' })
    const done = await phone.submit(link, { decision: 'approve' })
    expect(words(done.text)).toContain('Confirmado')
    const { status, body } = await site.poll(id)
    expect(status).toBe(200)
    expect(body['refresh_token']).toBeUndefined()
  })

  it('opens for nobody else: not with a password, not for another account, not for staff (R56)', async () => {
    const { id, link } = await site.ring(ana)
    const stranger = new Visitor(site.app.origin)
    const signedIn = await stranger.signIn(link, bruno)
    expect(words(signedIn.text)).not.toContain('LUNA-48?')
    const browser = await browserToken(site.app.origin)
    const forged = await stranger.submit(link, { decision: 'approve' })
    expect(words(forged.text)).not.toContain('Confirmado')
    for (const role of ['admin', 'agent', 'dpo'] as const) {
      const cookie = await staffCookie(site.owner, role)
      for (const method of ['GET', 'POST'] as const) {
        const route = { method, ...(method === 'GET' ? {} : { body: undefined }) } as never
        expect(await knock(site.app.origin, route, link, cookie, browser)).toBe('out')
      }
    }
    expect((await site.poll(id)).body).toMatchObject({ error: 'authorization_pending' })
  })

  it('asks for the passkey again when the sign-in is five minutes old', async () => {
    const { link } = await site.ring(ana)
    await site.openProven(phone, link)
    site.ahead(302_000)
    const again = await phone.ask(link)
    expect(again.status).toBe(303)
    expect(new URL(again.headers.get('location') ?? '', site.app.origin).searchParams.get('max_age')).toBe(
      '300',
    )
  })

  it('is stopped by “no he sido yo”, for good (R52)', async () => {
    const { id, link } = await site.ring(ana)
    await site.openProven(phone, link)
    const stopped = await phone.submit(link, { decision: 'report' })
    expect(words(stopped.text)).toContain('Lo hemos parado')
    expect((await site.poll(id)).body).toMatchObject({
      error: 'access_denied',
      error_description: 'the customer refused the request',
    })
    expect(await site.owner('oidc_call_blocks').select('client_id')).toEqual([{ client_id: 'centralita' }])
    expect(await site.owner('outbox_events').where({ type: 'call-approval.reported' })).toHaveLength(1)
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
      const { status, body } = await site.ask(hint)
      shapes.add(`${status} ${Object.keys(body).sort().join()}`)
    }
    expect([...shapes]).toEqual(['200 auth_req_id,expires_in,interval', '400 error,error_description'])
  })
})

describe('what an agent holds after a yes', () => {
  let token: string
  let phone: Visitor

  beforeAll(async () => {
    phone = await site.phoneWithPasskey(bruno)
    const { id, link } = await site.ring(bruno)
    await site.openProven(phone, link)
    await phone.submit(link, { decision: 'approve' })
    const { status, body } = await site.poll(id)
    expect(status).toBe(200)
    token = String(body['access_token'])
  }, 30_000)

  it('tells who acts, to the house and to the client (R49)', async () => {
    const act = { sub: `staff:${site.agent}`, client_id: 'centralita' }
    expect((await site.post('/oidc/introspect', { token })).body).toMatchObject({ active: true, act })
    expect(await site.app.house.oidc.bearerOf(token)).toMatchObject({ byAgent: true, clientId: 'centralita' })
  })

  it('is not the customer’s word: no consent is given with it (R56)', async () => {
    const own = await site.post('/oidc/token', {
      grant_type: 'client_credentials',
      scope: 'notices:read consents:write',
    })
    const headers = {
      authorization: `Bearer ${String(own.body['access_token'])}`,
      accept: 'application/json',
    }
    const purpose = 'personalisation.onsite'
    const found = await fetch(`${site.app.origin}/api/v1/notices?purpose=${purpose}`, { headers })
    const { id, version, language, text_hash } = (await found.json()) as Record<string, unknown>
    const subjectId = (await site.app.house.oidc.bearerOf(token))?.subjectId
    const said = await fetch(`${site.app.origin}/api/v1/consents`, {
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
    const browser = await browserToken(site.app.origin)
    const own = site.app.routes.filter(({ caller }) => caller.who === 'subject')
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
      const outcome = await knock(site.app.origin, route, path, { authorization: `Bearer ${token}` }, browser)
      expect(`${route.name} ${outcome}`).toBe(`${route.name} out`)
    }
  })

  it('opens no service of the house in the client’s place (R19)', async () => {
    const answer = await fetch(`${site.app.origin}/api/v1/purposes`, {
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
