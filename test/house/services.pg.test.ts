import { calculateJwkThumbprint, decodeJwt, type JWTVerifyOptions, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedServices } from '../../demo/seed/seed-services.ts'
import { dpopProof } from '../oidc/support/keys.ts'
import { refreshAt } from './house-of-clients.ts'
import { type Answer, openHouseOfServices, segmentsApi, stockApi } from './house-of-services.ts'
import {
  authorizationOf,
  basic,
  codeFor,
  personCalled,
  post,
  tokensFor,
  userinfo,
  Visitor,
} from './visitor.ts'

type HouseOfServices = Awaited<ReturnType<typeof openHouseOfServices>>

let house: HouseOfServices
let app: HouseOfServices['app']
let web: HouseOfServices['web']
let foreign: HouseOfServices['foreign']
let robot: HouseOfServices['robot']
let segments: HouseOfServices['segments']
let commands: HouseOfServices['commands']
let keys: HouseOfServices['keys']
let machine: HouseOfServices['machine']
let person: HouseOfServices['person']
let introspect: HouseOfServices['introspect']

const ana = personCalled('ana')
const bruno = personCalled('bruno')

beforeAll(async () => {
  house = await openHouseOfServices()
  ;({ app, web, foreign, robot, segments, commands, keys, machine, person, introspect } = house)
}, 60_000)
afterAll(() => house?.close())

/** What the service checks of a JWT, after RFC 9068 4. */
const verify = (token: string, more: JWTVerifyOptions = {}) =>
  jwtVerify(token, keys, {
    issuer: app.origin,
    audience: stockApi,
    typ: 'at+jwt',
    algorithms: ['ES256'],
    requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id'],
    ...more,
  })

describe('a JWT for a service', () => {
  it('is verified by the service alone: a machine acts for itself, for five minutes (R26, RFC 9068 2)', async () => {
    const rowsBefore = await house.owner.query('select count(*) from oidc_tokens')
    const got = await machine(robot, { resource: stockApi, scope: 'stock:read stock:write' })
    expect(got).toMatchObject({ scope: 'stock:read stock:write', expires_in: 300, token_type: 'Bearer' })
    const { payload, protectedHeader } = await verify(got.access_token)
    expect(protectedHeader).toMatchObject({ typ: 'at+jwt', alg: 'ES256', kid: expect.any(String) })
    expect(payload).toMatchObject({
      iss: app.origin,
      aud: stockApi,
      sub: robot.clientId,
      client_id: robot.clientId,
      scope: 'stock:read stock:write',
    })
    expect(payload.exp! - payload.iat!).toBe(300)
    expect(Object.keys(payload).sort()).toEqual([
      'aud',
      'client_id',
      'exp',
      'iat',
      'iss',
      'jti',
      'scope',
      'sub',
    ])
    // Nobody could ask for it again, so it is not kept.
    expect((await house.owner.query('select count(*) from oidc_tokens')).rows).toEqual(rowsBefore.rows)
    // Negative controls: another service, another issuer, and a kind of token that is none.
    for (const wrong of [{ audience: segmentsApi }, { issuer: 'https://otra.example' }, { typ: 'jwt' }]) {
      await expect(verify(got.access_token, wrong)).rejects.toThrow()
    }
  })

  it.each(['EdDSA', 'RS256'] as const)(
    'is signed with %s where the service cannot verify ES256',
    async (alg) => {
      const identifier = `urn:tienda-norte:${alg.toLowerCase()}`
      await commands.resources.create({
        identifier,
        name: alg,
        token_format: 'jwt',
        consent_gated: false,
        signing_alg: alg,
        lifetime_seconds: 60,
        scopes: ['things:read'],
        clients: { 'robot-de-reposicion': ['things:read'] },
      })
      const got = await machine(robot, { resource: identifier, scope: 'things:read' })
      expect(got.expires_in).toBe(60)
      const { protectedHeader } = await verify(got.access_token, { audience: identifier, algorithms: [alg] })
      expect(protectedHeader.alg).toBe(alg)
      await expect(verify(got.access_token, { audience: identifier })).rejects.toThrow()
    },
  )

  it('is bound to the key of a client that proves to have one (RFC 9449 6.1)', async () => {
    const proof = await dpopProof(house.key, 'POST', `${app.origin}/oidc/token`)
    const fields = { grant_type: 'client_credentials', resource: stockApi, scope: 'stock:read' }
    const answer = await post(app.origin, '/oidc/token', robot, fields, { dpop: proof })
    const got = (await answer.json()) as Answer & { token_type: string }
    expect(got.token_type).toBe('DPoP')
    const { payload } = await verify(got.access_token)
    expect(payload['cnf']).toEqual({ jkt: await calculateJwkThumbprint(house.key.publicJwk) })
  })

  it('names a person as the client knows them: ours by our name, others by one for each sector (R99)', async () => {
    const subs = new Map<string, string | undefined>()
    for (const party of [web, foreign.libros, foreign.musica]) {
      const got = await person(party, ana, stockApi, { scope: 'openid profile email stock:read' })
      const { payload } = await verify(got.access_token)
      expect(payload).toMatchObject({ client_id: party.clientId, scope: 'stock:read', aud: stockApi })
      expect(payload.sub).toBe(decodeJwt(got.id_token!).sub)
      for (const claim of ['email', 'given_name', 'name']) expect(payload).not.toHaveProperty(claim)
      subs.set(party.clientId, payload.sub)
    }
    expect(new Set(subs.values()).size).toBe(3)
    const { rows } = await house.owner.query('select subject_id from subjects')
    const inside = new Set(rows.map(({ subject_id }) => subject_id))
    expect(inside.has(subs.get(web.clientId))).toBe(true)
    expect(inside.has(subs.get('libros'))).toBe(false)
  }, 60_000)

  it('opens the service and nothing else: neither userinfo nor our own API nor introspection (R27, R30)', async () => {
    const got = await person(web, ana, stockApi, { scope: 'openid email stock:read' })
    expect((await userinfo(app.origin, got.access_token)).status).toBe(401)
    const own = await fetch(`${app.origin}/api/v1/permissions`, {
      headers: { authorization: `Bearer ${got.access_token}`, accept: 'application/json' },
    })
    expect([401, 404]).toContain(own.status)
    for (const party of [web, segments, robot]) {
      expect((await introspect(party, got.access_token))['active']).not.toBe(true)
    }
    // Control: the same sign-in, no service named, gives a token that userinfo takes and the service does not.
    const plain = await tokensFor(app.origin, new Visitor(app.origin), web, ana)
    expect((await userinfo(app.origin, plain.access_token)).status).toBe(200)
    await expect(verify(plain.access_token)).rejects.toThrow()
  }, 60_000)

  it('is renewed for the same service, never for one that was not asked for (R20)', async () => {
    const got = await person(web, ana, stockApi, { scope: 'openid offline_access stock:read' })
    const refresh = refreshAt(app.origin)
    const renewed = (await (await refresh(web, got.refresh_token!, { resource: stockApi })).json()) as Answer
    expect((await verify(renewed.access_token)).payload['scope']).toBe('stock:read')
    const elsewhere = await refresh(web, renewed.refresh_token!, { resource: segmentsApi })
    expect([elsewhere.status, ((await elsewhere.json()) as Answer).error]).toEqual([400, 'invalid_target'])
  })

  it('is told to the person by the name of the service, when a client of others asks for it', async () => {
    const visitor = new Visitor(app.origin)
    await codeFor(visitor, web, bruno)
    const asked = authorizationOf(foreign.libros, 'x'.repeat(43), {
      resource: stockApi,
      scope: 'openid stock:read',
    })
    const page = await visitor.open(asked)
    expect(page.url.pathname).toMatch(/authorize-client$/)
    expect(page.text).toContain('Existencias de Tienda Norte')
    expect(page.text).toContain('stock:read')
  })
})

describe('an opaque token for a service', () => {
  it('is introspected by that service, and by nobody else who did not get it (R30)', async () => {
    const got = await person(web, ana, segmentsApi, { scope: 'openid segments:read' })
    expect(got.access_token).not.toContain('.')
    expect(got.expires_in).toBeLessThanOrEqual(600)
    const told = await introspect(segments, got.access_token)
    expect(told).toMatchObject({
      active: true,
      aud: segmentsApi,
      client_id: web.clientId,
      scope: 'segments:read',
      sub: decodeJwt(got.id_token!).sub,
    })
    for (const stranger of [robot, foreign.libros]) {
      expect(await introspect(stranger, got.access_token)).toEqual({ active: false })
    }
    // And of tokens that are not meant for it, the service learns nothing.
    const ours = await machine(robot, { scope: 'permissions:read' })
    const plain = await tokensFor(app.origin, new Visitor(app.origin), web, bruno)
    for (const token of [ours.access_token, plain.access_token, plain.refresh_token!]) {
      expect(await introspect(segments, token)).toEqual({ active: false })
    }
    expect((await introspect(robot, ours.access_token))['active']).toBe(true)
    // Nor does an unknown caller, of anything.
    const anonymous = await fetch(`${app.origin}/oidc/introspect`, {
      method: 'POST',
      headers: { authorization: basic('segmentos-api', 'guessed') },
      body: new URLSearchParams({ token: got.access_token }),
    })
    expect(anonymous.status).toBe(401)
  }, 60_000)

  it('is told with what its client may ask for now, not with what it could on the day it was given', async () => {
    const shelves = 'urn:tienda-norte:estantes'
    const allow = (scopes: readonly string[]) =>
      commands.resources.allow({ identifier: shelves, clientId: 'robot-de-reposicion', scopes })
    await commands.resources.create({
      identifier: shelves,
      name: 'Estantes',
      scopes: ['shelves:read', 'shelves:write'],
      introspecting_clients: ['segmentos-api'],
      clients: { 'robot-de-reposicion': ['shelves:read', 'shelves:write'] },
    })
    const wide = await machine(robot, { resource: shelves, scope: 'shelves:read shelves:write' })
    const write = await machine(robot, { resource: shelves, scope: 'shelves:write' })
    expect((await introspect(segments, wide.access_token))['scope']).toBe('shelves:read shelves:write')
    await allow(['shelves:read'])
    expect((await introspect(segments, wide.access_token))['scope']).toBe('shelves:read')
    expect(await introspect(segments, write.access_token)).toEqual({ active: false })
  })

  it('tells a service what may be done there, and nothing about the person but their name (R90, R91)', async () => {
    const claims = JSON.stringify({ userinfo: { email: null, given_name: null } })
    const asked = { scope: 'openid email profile segments:read', claims }
    const got = await person(web, ana, segmentsApi, asked)
    for (const party of [segments, web]) {
      const told = await introspect(party, got.access_token)
      expect(Object.keys(told).sort()).toEqual([
        'active',
        'aud',
        'client_id',
        'exp',
        'iat',
        'iss',
        'scope',
        'sid',
        'sub',
        'token_type',
      ])
      expect(told['scope']).toBe('segments:read')
    }
    // Control: for the same words, a token that names no service has the shop told the e-mail address.
    const plain = await tokensFor(app.origin, new Visitor(app.origin), web, ana, { claims })
    expect((await introspect(web, plain.access_token))['email']).toBe(ana.email)
  })
})

describe('a service that a client may not have tokens for', () => {
  const refused = { error: 'invalid_target' }

  it('is refused, and so is one that nobody registered (RFC 8707 2)', async () => {
    expect(await machine(robot, { resource: 'https://nadie.example' })).toMatchObject(refused)
    // `almacen` is a client like the other, and stands in no list.
    const stranger = { ...segments, clientId: 'segmentos-api' }
    expect(await machine(stranger, { resource: stockApi, scope: 'stock:read' })).toMatchObject(refused)
    const denied = await new Visitor(app.origin).open(
      authorizationOf(foreign['musica-app'], 'x'.repeat(43), { resource: stockApi }),
    )
    expect(denied.url.searchParams.get('error')).toBe('invalid_target')
  })

  it('gives only the scopes that the client may have there, however many it writes', async () => {
    const got = await person(web, ana, stockApi, { scope: 'openid stock:read stock:write' })
    expect((await verify(got.access_token)).payload['scope']).toBe('stock:read')
  })
})

it('is part of the demo: its robot gets a JWT for the stock of the shop, however often the demo starts', async () => {
  await seedServices(app.house)
  await seedServices(app.house)
  const party = {
    clientId: 'reposicion-norte',
    secret: app.clientSecret('reposicion-norte'),
    redirectUri: '',
  }
  const resource = 'https://existencias.tiendanorte.example'
  const got = await machine(party, { resource, scope: 'stock:read stock:write' })
  const { payload } = await verify(got.access_token, { audience: resource })
  expect(payload).toMatchObject({ sub: 'reposicion-norte', scope: 'stock:read stock:write' })
})
