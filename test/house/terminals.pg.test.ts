import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { keyFitsClient } from '../../src/oidc/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { makeKey } from '../oidc/support/keys.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { enrol, isKnown, proofOf } from './enrolling.ts'
import { personCalled, post, type RelyingParty, tokensFor, Visitor } from './visitor.ts'

let app: TestApp
let beside: TestApp
let owner: ReturnType<typeof openLane>
let house: ReturnType<typeof commandHouse>

beforeAll(async () => {
  app = await startTestApp({ people: true, environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
  beside = await startTestApp({ beside: app, environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
  owner = openLane(app.database.connection, 'terminals', 1)
  house = commandHouse(app.house)
  const { add } = house.touchpoints
  await add({ id: 'norte', kind: 'brand', name: 'Tienda Norte' })
  await add({
    id: 'gran-via',
    kind: 'store',
    name: 'Gran Vía',
    parent: 'norte',
    network: ['198.51.100.0/24'],
  })
  await add({ id: 'gran-via-1', kind: 'terminal', name: 'Quiosco 1', parent: 'gran-via' })
  await add({ id: 'gran-via-2', kind: 'terminal', name: 'Quiosco 2', parent: 'gran-via' })
  await add({ id: 'vigo', kind: 'store', name: 'Vigo', parent: 'norte' })
  await add({ id: 'vigo-1', kind: 'terminal', name: 'Quiosco de Vigo', parent: 'vigo' })
  await add({ id: 'telefono-4', kind: 'desk', name: 'Puesto 4', parent: 'norte' })
  await beside.house.touchpoints.refresh()
}, 60_000)
afterAll(async () => {
  await owner?.destroy()
  await beside?.close()
  await app?.close()
})

const inStore = '198.51.100.20'
const audited = async (touchpoint: string) =>
  (await owner('audit_entries').orderBy('seq'))
    .map(({ entry }: { entry: string }) => JSON.parse(entry) as Record<string, unknown>)
    .filter(({ about }) => about === `touchpoint:${touchpoint}`)
    .map(({ action }) => action)

describe('a terminal', () => {
  it('brings the key it made with a code of a member of staff, and is a client from then on (R38)', async () => {
    const key = await makeKey()
    const { code } = await house.terminals.code('gran-via-1')
    expect(code).toMatch(/^[B-Z]{4}-[B-Z]{4}-[B-Z]{4}$/)
    const answer = await enrol(app, { code: code.toLowerCase(), key, from: inStore })
    expect(answer).toEqual({
      status: 201,
      body: {
        client_id: 'terminal:gran-via-1',
        touchpoint: 'gran-via-1',
        name: 'Quiosco 1',
        issuer: app.origin,
      },
    })
    expect(await isKnown(app, key, 'terminal:gran-via-1')).toBe(true)
    expect(await isKnown(app, await makeKey(), 'terminal:gran-via-1')).toBe(false)
    const client = await app.house.clients.find('terminal:gran-via-1')
    expect(client).toMatchObject({
      channel: 'kiosk',
      secrets: 0,
      metadata: {
        token_endpoint_auth_method: 'private_key_jwt',
        grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
        dpop_bound_access_tokens: true,
        touchpoint: 'gran-via-1',
        jwks: { keys: [{ kid: key.thumbprint, x: key.publicJwk.x, y: key.publicJwk.y }] },
      },
    })
    expect(JSON.stringify(client)).not.toContain('"d":')
    expect(await house.terminals.list()).toMatchObject([
      { touchpointId: 'gran-via-1', state: 'enrolled', keyThumbprint: key.thumbprint },
    ])
    expect(await audited('gran-via-1')).toEqual([
      'touchpoints.registered',
      'touchpoints.terminal-code-issued',
      'touchpoints.terminal-enrolled',
    ])
  })

  it('is one of twenty that come with one code at the same moment, at two processes', async () => {
    const { code } = await house.terminals.code('vigo-1')
    const keys = await Promise.all(Array.from({ length: 20 }, () => makeKey()))
    const answers = await Promise.all(
      keys.map((key, at) => enrol(at % 2 === 0 ? app : beside, { code, key, from: `203.0.113.${at}` })),
    )
    const won = answers.findIndex(({ status }) => status === 201)
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const lost = answers.filter(({ status }) => status !== 201)
    expect(new Set(lost.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['422 terminal-code-wrong']),
    )
    const [terminal] = (await house.terminals.list()).filter(({ touchpointId }) => touchpointId === 'vigo-1')
    expect(terminal?.keyThumbprint).toBe(keys[won]?.thumbprint)
  })

  it('gets one and the same answer for a code that is wrong, used, over, replaced, stolen or brought from elsewhere', async () => {
    const key = await makeKey()
    const thief = await makeKey()
    const fresh = async () => (await house.terminals.code('gran-via-2')).code
    const replaced = await fresh()
    const late = await fresh()
    await owner('terminal_codes')
      .whereNull('consumed_at')
      .update({ expires_at: new Date(0) })
    const good = await fresh()
    const other = await proofOf(thief, good, app.origin)
    const tries = [
      { code: 'BCDF-GHJK-LMNP', key, from: inStore },
      { code: 'no code at all', key, from: inStore },
      { code: replaced, key, from: inStore },
      { code: late, key, from: inStore },
      { code: good, key, from: '203.0.113.40' },
      // Signed by another key, for another house, over another code, and as something else.
      { code: good, key, proof: other, from: inStore },
      { code: good, key, proof: await proofOf(key, good, 'https://id.elsewhere.example'), from: inStore },
      { code: good, key, proof: await proofOf(key, 'BCDF-GHJK-LMNP', app.origin), from: inStore },
      { code: good, key, proof: await proofOf(key, good, app.origin, 'JWT'), from: inStore },
      { code: good, key, proof: 'nothing', from: inStore },
    ]
    const told = new Set<string>()
    for (const one of tries) {
      const { status, body } = await enrol(app, one)
      const { request_id: _one, instance: _two, reference: _three, ...same } = body
      told.add(JSON.stringify({ status, code: same.code, detail: same.detail, title: same.title }))
    }
    expect([...told]).toHaveLength(1)
    expect([...told][0]).toContain('"status":422,"code":"terminal-code-wrong"')
    // None of them used it up: the terminal itself still gets in, and only once.
    expect((await enrol(app, { code: good, key, from: inStore })).status).toBe(201)
    expect((await enrol(app, { code: good, key, from: inStore })).status).toBe(422)
  })

  it('makes nobody wait with a code that we never gave out: the tree is held still only for one that we did', async () => {
    const key = await makeKey()
    const changing = await owner.transaction()
    try {
      await changing.raw('lock table touchpoints in share row exclusive mode')
      const answer = await enrol(app, { code: 'BCDF-GHJK-LMNP', key, from: '203.0.113.77' })
      expect(answer).toMatchObject({ status: 422, body: { code: 'terminal-code-wrong' } })
    } finally {
      await changing.rollback()
    }
  })

  it('is not guessed at from many addresses together: what the whole house looks up has an end too', async () => {
    const key = await makeKey()
    const asked = { code: 'BCDF-GHJK-LMNP', key }
    expect((await enrol(app, { ...asked, from: '203.0.113.81' })).status).toBe(422)
    await owner('rate_limits').update({ points: 10_000 })
    expect((await enrol(app, { ...asked, from: '203.0.113.82' })).status).toBe(429)
    await owner('rate_limits').delete()
    expect((await enrol(app, { ...asked, from: '203.0.113.82' })).status, 'negative control').toBe(422)
  })

  it('never sends its private key: one that would is refused unread', async () => {
    const key = await makeKey()
    const { code } = await house.terminals.code('gran-via-2')
    const answer = await enrol(app, { code, key, from: inStore, more: { d: key.publicJwk.x ?? '' } })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-input' } })
  })

  it('is dead at every process within a second of the kill switch, and comes back by a new key alone (R47)', async () => {
    const key = await makeKey()
    const enrolled = await enrol(app, {
      code: (await house.terminals.code('gran-via-2')).code,
      key,
      from: inStore,
    })
    expect(enrolled.status).toBe(201)
    await expect.poll(() => isKnown(beside, key, 'terminal:gran-via-2'), { timeout: 3_000 }).toBe(true)
    const waiting = (await house.terminals.code('gran-via-2')).code
    expect(await house.terminals.revoke('gran-via', 'La tienda denuncia un robo.')).toContain('gran-via-2')
    expect(await isKnown(app, key, 'terminal:gran-via-2')).toBe(false)
    await expect.poll(() => isKnown(beside, key, 'terminal:gran-via-2'), { timeout: 3_000 }).toBe(false)
    expect((await enrol(app, { code: waiting, key, from: inStore })).status).toBe(422)
    const vigo = (await house.terminals.list()).find(({ touchpointId }) => touchpointId === 'vigo-1')
    expect(vigo?.state).toBe('enrolled')

    const anew = await makeKey()
    const code = (await house.terminals.code('gran-via-2')).code
    expect((await enrol(app, { code, key: anew, from: inStore })).status).toBe(201)
    expect(await isKnown(app, anew, 'terminal:gran-via-2')).toBe(true)
    expect(await isKnown(app, key, 'terminal:gran-via-2')).toBe(false)
    expect(await house.terminals.revoke(undefined, 'Simulacro.')).toEqual(['gran-via-2', 'vigo-1'])
  })

  it('holds no token that is bound to another key than its own, and none that is bound to none (R46)', () => {
    const jwks = { keys: [{ kid: 'its-key' }] }
    const clients = {
      find: (clientId: string) => ({
        clientId,
        recipientId: 'placet',
        firstParty: true,
        channel: 'kiosk',
        metadata: { jwks },
        secretHashes: [],
      }),
    }
    expect(keyFitsClient(clients, 'terminal:gran-via-1', 'its-key')).toBe(true)
    expect(keyFitsClient(clients, 'terminal:gran-via-1', 'its-former-key')).toBe(false)
    expect(keyFitsClient(clients, 'terminal:gran-via-1', undefined)).toBe(false)
    expect(keyFitsClient({ find: () => undefined }, 'terminal:gran-via-1', 'its-key')).toBe(false)
    expect(keyFitsClient(clients, 'tienda-norte-web', undefined)).toBe(true)
  })

  it('cannot be made by registering a client with its name', async () => {
    const made = house.clients.create({
      client_id: 'terminal:gran-via-1',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      first_party: true,
    })
    await expect(made).rejects.toMatchObject({ code: 'client-metadata' })
  })
})

describe('tokens of a client that stands somewhere', () => {
  let desk: RelyingParty

  it('say where they were given out: at introspection and in the ID token, and userinfo does not', async () => {
    const redirectUri = 'https://puesto.example/callback'
    const made = await house.clients.create({
      client_id: 'puesto-4',
      client_name: 'Puesto 4',
      first_party: true,
      channel: 'call-centre',
      touchpoint: 'telefono-4',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'client_credentials'],
    })
    await app.house.oidc.reloadClients()
    desk = { clientId: 'puesto-4', secret: made['client_secret'] as string, redirectUri }
    const tokens = await tokensFor(app.origin, new Visitor(app.origin), desk, personCalled('ana'), {
      scope: 'openid email',
    })
    const touchpoint = { id: 'telefono-4', path: ['norte', 'telefono-4'] }
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ touchpoint })
    const looked = await post(app.origin, '/oidc/introspect', desk, { token: tokens.access_token })
    expect(await looked.json()).toMatchObject({ active: true, touchpoint })
    const me = await fetch(`${app.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    expect(await me.json()).not.toHaveProperty('touchpoint')
  })

  it('say it in a JWT as well, which a service reads by itself', async () => {
    const cashDesks = 'https://cajas.tiendanorte.example'
    await house.resources.create({
      identifier: cashDesks,
      name: 'Cajas',
      token_format: 'jwt',
      consent_gated: false,
      scopes: ['cash:read'],
      clients: { 'puesto-4': ['cash:read'] },
    })
    const answer = await post(app.origin, '/oidc/token', desk, {
      grant_type: 'client_credentials',
      resource: cashDesks,
      scope: 'cash:read',
    })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    expect(decodeJwt(token)).toMatchObject({
      aud: cashDesks,
      touchpoint: { id: 'telefono-4', path: ['norte', 'telefono-4'] },
    })
  })

  it('put the place into the evidence of what the client itself does', async () => {
    const answer = await post(app.origin, '/oidc/token', desk, { grant_type: 'client_credentials' })
    const { access_token: token } = (await answer.json()) as { access_token: string }
    const bearer = await app.house.oidc.bearerOf(token)
    expect(bearer).toMatchObject({ clientId: 'puesto-4', touchpoint: 'telefono-4' })
  })

  it('are not given to a place nobody knows', async () => {
    const made = house.clients.create({
      client_id: 'puesto-9',
      first_party: true,
      touchpoint: 'telefono-9',
      redirect_uris: [],
      grant_types: ['client_credentials'],
    })
    await expect(made).rejects.toMatchObject({ code: 'client-metadata' })
  })
})

describe('a place that closes', () => {
  it('takes everything in it along: terminals, codes to come, and roles held there', async () => {
    const key = await makeKey()
    const code = (await house.terminals.code('vigo-1')).code
    expect((await enrol(app, { code, key, from: '203.0.113.90' })).status).toBe(201)
    expect(await house.touchpoints.close('vigo', 'Fin del alquiler.')).toEqual(['vigo', 'vigo-1'])
    expect(await isKnown(app, key, 'terminal:vigo-1')).toBe(false)
    await expect(house.terminals.code('vigo-1')).rejects.toMatchObject({ code: 'touchpoint-closed' })
    await expect(
      house.touchpoints.add({ id: 'vigo-1', kind: 'terminal', name: 'Otro', parent: 'gran-via' }),
    ).rejects.toMatchObject({ code: 'touchpoint-exists' })
    await expect(
      house.touchpoints.add({ id: 'vigo-2', kind: 'terminal', name: 'Otro', parent: 'vigo' }),
    ).rejects.toMatchObject({ code: 'touchpoint-closed' })
    await expect(
      house.staff.create({
        login: 'carmen',
        displayName: 'Carmen',
        roles: [{ role: 'store-staff', touchpointId: 'vigo' }],
      }),
    ).rejects.toMatchObject({ code: 'touchpoint-unknown' })
  })

  it('cannot be moved into where its kind does not stand', async () => {
    await expect(house.touchpoints.change('gran-via', { parent: 'telefono-4' })).rejects.toMatchObject({
      code: 'touchpoint-misplaced',
    })
    await house.touchpoints.change('gran-via-1', { name: 'Quiosco de la entrada' })
    expect(app.house.touchpoints.find('gran-via-1')).toMatchObject({
      name: 'Quiosco de la entrada',
      networks: ['198.51.100.0/24'],
    })
  })
})
