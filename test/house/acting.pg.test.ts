import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { browserToken, knock, subjectCookie } from '../channels/matrix-visitor.ts'
import { openPool } from '../oidc/support/arrange.ts'
import { arrangeAgent } from '../oidc/support/call-centre.ts'
import { accessTokenType, exchangeGrant } from '../oidc/support/exchange.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { codeFor, personCalled, post, type RelyingParty, relyingParty, Visitor } from './visitor.ts'

/* The whole house, and somebody who acts for a customer by token exchange: what they can never do with it. */
let app: TestApp
let owner: pg.Pool
let browser: Awaited<ReturnType<typeof browserToken>>
let desk: RelyingParty
let agent: string
let anaId: string
/** Of an agent, for claims about the person and for our own API with everything that the customer's token opens there. */
const held: Record<'userinfo' | 'api', string> = { userinfo: '', api: '' }
const ana = personCalled('ana')

beforeAll(async () => {
  app = await startTestApp({ people: true })
  owner = openPool(app.database.connection)
  browser = await browserToken(app.origin)
  agent = await arrangeAgent(owner)
  const made = await commandHouse(app.house).clients.create({
    client_id: 'centralita',
    client_name: 'Atención al cliente',
    first_party: true,
    redirect_uris: [],
    grant_types: [exchangeGrant, 'client_credentials'],
    recipient_id: 'tienda-norte-shop',
    token_endpoint_auth_method: 'client_secret_basic',
    scope: 'openid profile email',
  })
  desk = { clientId: 'centralita', secret: String(made['client_secret']), redirectUri: '' }
  await owner.query(
    `update clients set metadata = metadata || '{"may_act":["centralita"]}' where client_id = 'tienda-norte-web'`,
  )
  await app.house.oidc.reloadClients()
  held.userinfo = await exchanged({})
  held.api = await exchanged({
    scope: 'openid consents:write objections:write',
    resource: `${app.origin}/api/v1`,
  })
  anaId = String((await app.house.oidc.bearerOf(held.userinfo))?.subjectId)
}, 60_000)
afterAll(async () => {
  await owner?.end()
  await app?.close()
})

/** Ana signs in at the shop, whose client hands her token on to the desk's. */
async function exchanged(more: Record<string, string>): Promise<string> {
  const web = relyingParty(app, 'tienda-norte-web')
  const { code, verifier } = await codeFor(new Visitor(app.origin), web, ana, more)
  const { scope: _asked, ...resource } = more
  const own = await post(app.origin, '/oidc/token', web, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: web.redirectUri,
    ...resource,
  })
  const { access_token: token = '' } = (await own.json()) as { access_token?: string }
  const answer = await post(app.origin, '/oidc/token', desk, {
    grant_type: exchangeGrant,
    subject_token: token,
    subject_token_type: accessTokenType,
    acting_agent: agent,
  })
  const body = (await answer.json()) as { access_token?: string }
  if (body.access_token === undefined) throw new Error(`not exchanged: ${JSON.stringify(body)}`)
  return body.access_token
}

/** Everything kept about Ana, but for what signing in and looking leave behind. */
async function keptAboutAna(): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'subject_id' and table_name !~ '^oidc_|sessions$' order by 1`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(to_jsonb(t)::text, ',' order by to_jsonb(t)::text)), '') as sum
         from ${name} t where subject_id::text = $1`,
      [anaId],
    )
    parts.push(`${name} ${rows[0].sum}`)
  }
  return parts.join('\n')
}

const pathOf = (path: string) =>
  path
    .replaceAll(/(?<!\\):(\w+)/g, (_, name) => (name === 'attribute' ? 'first_name' : 'x'))
    .replaceAll('\\:', ':')

/** What an agent may never do for a customer, by the names of the routes that do it (R56). */
const forbidden = {
  'grant a consent': ['privacy-centre.permissions.save', 'api.consents'],
  'change a credential': [
    'privacy-centre.security.set-password',
    'privacy-centre.security.add-passkey',
    'privacy-centre.security.remove-passkey',
  ],
  'change what was declared': ['privacy-centre.edit-value.save'],
  'export what is kept': [
    'privacy-centre.your-data',
    'privacy-centre.receipt.json-ld',
    'privacy-centre.receipt.file',
  ],
  'ask for erasure or another right': ['privacy-centre.new-request.send', 'api.privacy-requests'],
  'approve a call': ['call-approval.answer'],
}

describe.each(['userinfo', 'api'] as const)('an agent’s token for %s', (kind) => {
  it('opens no page and no operation of the house, whosever it is, and changes nothing (R19, R56)', async () => {
    const walked = app.routes.filter(({ caller }) => caller.who !== 'anyone')
    const names = walked.map(({ name }) => name)
    for (const [what, routes] of Object.entries(forbidden)) {
      expect({ what, missing: routes.filter((name) => !names.includes(name)) }).toEqual({ what, missing: [] })
    }
    const before = await keptAboutAna()
    expect(before).toMatch(/consent_events \d/)
    const bearer = { authorization: `Bearer ${held[kind]}` }
    for (const route of walked) {
      const outcome = await knock(app.origin, route, pathOf(route.path), bearer, browser)
      expect(`${route.name} ${outcome}`).toBe(`${route.name} out`)
    }
    expect(await keptAboutAna()).toBe(before)
    // The control: all along it was a good token, and of an agent.
    expect(await app.house.oidc.bearerOf(held[kind])).toMatchObject({
      byAgent: true,
      clientId: 'centralita',
      scopes: kind === 'api' ? ['consents:write', 'objections:write'] : ['openid', 'profile', 'email'],
    })
  })

  it('proves nobody’s own yes beside the client’s token (R56)', async () => {
    const own = await post(app.origin, '/oidc/token', desk, {
      grant_type: 'client_credentials',
      scope: 'notices:read consents:write loyalty:read',
    })
    const { access_token: token } = (await own.json()) as { access_token: string }
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
    const purpose = 'personalisation.onsite'
    const found = await fetch(`${app.origin}/api/v1/notices?purpose=${purpose}`, { headers })
    // The control: the client's own token is let in.
    expect(found.status).toBe(200)
    const { id, version, language, text_hash } = (await found.json()) as Record<string, unknown>
    const before = await keptAboutAna()
    const said = await fetch(`${app.origin}/api/v1/consents`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': `an-agents-yes-${kind}` },
      body: JSON.stringify({
        sub: anaId,
        subject_token: held[kind],
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
    // Nor a code with which whoever holds it up is taken for the customer; without a card it would be another answer.
    const coded = await fetch(`${app.origin}/api/v1/loyalty-codes`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ subject_token: held[kind] }),
    })
    expect(coded.status).toBe(403)
    expect(((await coded.json()) as Record<string, unknown>)['code']).toBe('subject-token-refused')
    expect(await keptAboutAna()).toBe(before)
  })
})

it('the customer’s own session opens what the agent’s token does not: the walk would notice', async () => {
  const cookie = await subjectCookie(app.origin, ana.email, ana.password)
  for (const name of ['privacy-centre.permissions', 'privacy-centre.your-data']) {
    const route = app.routes.find((one) => one.name === name)
    if (route === undefined) throw new Error(`no route is called ${name}`)
    expect(await knock(app.origin, route, route.path, cookie, browser)).toBe('in')
  }
})

it('an agent’s token is made into no more: not refreshed, not exchanged upward, not for another service (R20)', async () => {
  const again = async (fields: Record<string, string>) => {
    const answer = await post(app.origin, '/oidc/token', desk, {
      grant_type: exchangeGrant,
      subject_token: held.userinfo,
      subject_token_type: accessTokenType,
      acting_agent: agent,
      ...fields,
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
  }
  expect(await again({ scope: 'openid phone' })).toMatchObject({
    status: 400,
    body: { error: 'invalid_scope' },
  })
  expect(await again({ resource: `${app.origin}/api/v1` })).toMatchObject({
    status: 400,
    body: { error: 'invalid_target' },
  })
  expect((await again({ scope: 'openid' })).body).toMatchObject({ scope: 'openid' })
  expect((await again({ scope: 'openid' })).body).not.toHaveProperty('refresh_token')
})

it('the customer reads of each exchange and each use among what happened to their account, in their language', async () => {
  await fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${held.userinfo}` } })
  const phone = new Visitor(app.origin)
  await phone.signIn('/privacy/security', ana)
  // Entries of the engine are kept a moment after its answer.
  await vi.waitFor(async () => {
    const { text } = await phone.open('/privacy/security')
    expect(text).toContain('pudo ver tus datos durante unos minutos')
    expect(text).toContain('vio tus datos, para atenderte')
  })
})

describe('the client in whose name the house’s own agents ask', () => {
  it('is there from the start, with a name that customers read and nothing that could prove it', async () => {
    const { rows } = await owner.query(
      `select state, channel, metadata, secret_hashes from clients where client_id = 'placet-desk'`,
    )
    expect(rows).toEqual([
      {
        state: 'active',
        channel: 'call-centre',
        metadata: expect.objectContaining({
          client_name: 'Atención al cliente de Tienda Norte',
          grant_types: [],
          token_endpoint_auth_method: 'none',
        }),
        secret_hashes: [],
      },
    ])
    expect(app.house.oidc.callerChecks).toBeDefined()
  })

  it('gets no token by any grant, and may ask nobody at the engine’s endpoint', async () => {
    const nobody: RelyingParty = { clientId: 'placet-desk', secret: undefined, redirectUri: '' }
    const discovered = await fetch(`${app.origin}/.well-known/openid-configuration`)
    const { grant_types_supported: grants } = (await discovered.json()) as { grant_types_supported: string[] }
    expect(grants).toContain(exchangeGrant)
    for (const grant of grants) {
      const answer = await post(app.origin, '/oidc/token', nobody, {
        grant_type: grant,
        subject_token: held.userinfo,
        subject_token_type: accessTokenType,
        acting_agent: agent,
      })
      expect(`${grant} ${answer.status}`).toMatch(/ (400|401)$/)
      expect(await answer.json()).toMatchObject({
        error: expect.stringMatching(/^(invalid_request|unauthorized_client)$/),
      })
    }
    const asked = await post(app.origin, '/oidc/backchannel', nobody, {
      scope: 'openid',
      login_hint: ana.email,
      binding_message: 'LUNA-48',
      acting_agent: agent,
    })
    expect(asked.status).toBe(400)
  })
})
