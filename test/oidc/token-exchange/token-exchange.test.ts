import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseClientMetadata } from '../../../src/oidc/index.ts'
import { arrangeSubject, setState } from '../support/arrange.ts'
import { arrangeAgent } from '../support/call-centre.ts'
import { accessTokenType, type ExchangeHouse, exchangeGrant, openExchangeHouse } from '../support/exchange.ts'
import { introspect, signIn, userinfo } from '../support/flow.ts'
import { houseApi, marketingApi } from '../support/house.ts'
import { dpopProof, makeKey } from '../support/keys.ts'

/* Acting for somebody (RFC 8693): who may, with what, and how much less it is than what it came from. */
let house: ExchangeHouse

beforeAll(async () => {
  house = await openExchangeHouse()
})
afterAll(() => house?.close())
beforeEach(async () => {
  await house.tidy()
  house.house.audited.length = 0
  house.house.world.released = { given_name: 'Ana', email: 'ana@example.com' }
})

const refused = (error: string) => ({ status: 400, body: expect.objectContaining({ error }) })

describe('an exchange', () => {
  it('turns a customer’s token into one that says who acts, and is less', async () => {
    const before = await house.shopToken(house.ana)
    const { status, body, token } = await house.exchange(before, { scope: 'openid profile' })
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]{43,}$/),
      issued_token_type: accessTokenType,
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      scope: 'openid profile',
    })
    const act = { sub: `staff:${house.agent}`, client_id: 'atencion' }
    const me = await (await userinfo(house.house.origin, token)).json()
    expect(me).toMatchObject({ sub: house.ana, given_name: 'Ana', act })
    expect(me).not.toHaveProperty('email')
    const told = (await introspect(house.house.origin, 'atencion', token)).body
    expect(told).toMatchObject({
      active: true,
      act,
      sub: house.ana,
      client_id: 'atencion',
      scope: 'openid profile',
    })
    // The control: the customer's own token says nothing of an agent.
    expect(await (await userinfo(house.house.origin, before)).json()).not.toHaveProperty('act')
  })

  it('is listed in discovery', async () => {
    const found = await fetch(`${house.house.origin}/.well-known/openid-configuration`)
    expect(await found.json()).toMatchObject({
      grant_types_supported: expect.arrayContaining([exchangeGrant]),
    })
  })

  it('lives ten minutes at most, and never longer than what it came from', async () => {
    const before = await house.shopToken(house.ana)
    const rest = Number((await introspect(house.house.origin, 'tienda-web', before)).body['exp'])
    const first = await house.exchange(before)
    expect(first.body['expires_in']).toBeLessThanOrEqual(600)
    const end = Number((await introspect(house.house.origin, 'atencion', first.token)).body['exp'])
    expect(end).toBeLessThanOrEqual(rest)
    const second = await house.exchange(first.token, {}, 'segunda-linea')
    expect(
      Number((await introspect(house.house.origin, 'segunda-linea', second.token)).body['exp']),
    ).toBeLessThanOrEqual(end)
  })

  it('gives no refresh token and no ID token, whatever is asked for', async () => {
    const { tokens } = await signIn(
      house.house.origin,
      { clientId: 'tienda-web', scope: 'openid offline_access', more: { prompt: 'consent' } },
      { subjectId: house.ana },
    )
    expect(tokens.refresh_token).toBeDefined()
    expect(Object.keys((await house.exchange(tokens.access_token)).body)).not.toContain('refresh_token')
    expect(await house.exchange(tokens.access_token, { scope: 'openid offline_access' })).toMatchObject(
      refused('invalid_scope'),
    )
    for (const type of ['refresh_token', 'id_token', 'jwt']) {
      expect(
        await house.exchange(tokens.access_token, {
          requested_token_type: `urn:ietf:params:oauth:token-type:${type}`,
        }),
      ).toMatchObject(refused('invalid_request'))
    }
  })

  it('never gives a scope that the token, the client or the service has not (R20)', async () => {
    const narrow = await house.shopToken(house.ana, 'openid profile')
    expect(await house.exchange(narrow, { scope: 'openid email' })).toMatchObject(refused('invalid_scope'))
    expect((await house.exchange(narrow)).body['scope']).toBe('openid profile')
    const wide = await house.shopToken(house.ana, 'openid loyalty')
    expect(await house.exchange(wide, { scope: 'openid loyalty' })).toMatchObject(refused('invalid_scope'))
    const first = await house.exchange(await house.shopToken(house.ana), { scope: 'openid' })
    expect(await house.exchange(first.token, { scope: 'openid profile' }, 'segunda-linea')).toMatchObject(
      refused('invalid_scope'),
    )
  })

  it('is for the service that the customer’s token is for, and for no other (R20)', async () => {
    const forMarketing = await house.shopToken(house.ana, 'openid segments:read', marketingApi)
    const { status, token } = await house.exchange(forMarketing, { resource: marketingApi })
    expect(status).toBe(200)
    expect((await introspect(house.house.origin, 'marketing-api', token)).body).toMatchObject({
      active: true,
      aud: marketingApi,
      scope: 'segments:read',
      act: { sub: `staff:${house.agent}` },
    })
    expect((await userinfo(house.house.origin, token)).status).toBe(403)
    const forNobody = await house.shopToken(house.ana)
    for (const [from, resource] of [
      [forNobody, marketingApi],
      [forMarketing, houseApi],
      [forMarketing, 'https://unknown.example'],
    ] as const) {
      expect(await house.exchange(from, { resource })).toMatchObject(refused('invalid_target'))
    }
    expect(await house.exchange(forMarketing, { audience: 'marketing' })).toMatchObject(
      refused('invalid_target'),
    )
  })

  it('of an agent’s token names both, the one who acts now first (RFC 8693 4.1)', async () => {
    const colleague = await arrangeAgent(house.db)
    const call = await house.callToken(house.ana)
    const own = await house.exchange(call, { scope: 'openid', acting_agent: colleague })
    const act = {
      sub: `staff:${colleague}`,
      client_id: 'atencion',
      act: { sub: `staff:${house.agent}`, client_id: 'atencion' },
    }
    expect((await introspect(house.house.origin, 'atencion', own.token)).body['act']).toEqual(act)
    const second = await house.exchange(own.token, {}, 'segunda-linea')
    expect((await introspect(house.house.origin, 'segunda-linea', second.token)).body['act']).toEqual({
      sub: `staff:${house.agent}`,
      client_id: 'segunda-linea',
      act,
    })
    expect(await house.exchange(second.token, {}, 'segunda-linea')).toMatchObject(refused('invalid_request'))
  })
})

describe('who may act', () => {
  it('is a client that registered the grant and proves who it is', async () => {
    const token = await house.shopToken(house.ana)
    expect(await house.exchange(token, {}, 'plain-web')).toMatchObject(refused('unauthorized_client'))
    const anybody = await fetch(`${house.house.origin}/oidc/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'atencion', grant_type: exchangeGrant, subject_token: token }),
    })
    expect(anybody.status).toBe(401)
    // The control: the same request by the client that may.
    expect((await house.exchange(token)).status).toBe(200)
  })

  it('can only be registered by a client that proves who it is', () => {
    const metadata = { redirect_uris: [], grant_types: [exchangeGrant] }
    const register = (method: string) =>
      parseClientMetadata(
        'atencion-2',
        { ...metadata, token_endpoint_auth_method: method },
        { firstParty: true },
      )
    for (const method of ['none', 'client_secret_post'])
      expect(() => register(method)).toThrow('acting for somebody')
    expect(register('client_secret_basic')).toMatchObject({ grant_types: [exchangeGrant] })
  })

  it('is one that the token’s client names, or the token’s client itself', async () => {
    const token = await house.shopToken(house.ana)
    expect((await house.exchange(token, { scope: 'openid' }, 'tienda-web')).status).toBe(200)
    expect(await house.exchange(token, {}, 'no-nombrada')).toMatchObject(refused('invalid_request'))
    await house.db.query(`update clients set metadata = metadata - 'may_act' where client_id = 'tienda-web'`)
    await house.house.oidc.reloadClients()
    expect(await house.exchange(token)).toMatchObject(refused('invalid_request'))
    await house.db.query(
      `update clients set metadata = metadata || '{"may_act":["atencion","atado"]}' where client_id = 'tienda-web'`,
    )
    await house.house.oidc.reloadClients()
    expect((await house.exchange(token)).status).toBe(200)
  })

  it('is never one of ours with what a person allowed another house’s client', async () => {
    const { tokens } = await signIn(house.house.origin, { clientId: 'revista' }, { subjectId: house.ana })
    expect(await house.exchange(tokens.access_token)).toMatchObject(refused('invalid_request'))
  })

  it('has an agent of today, looked up before anything about the token is (R49)', async () => {
    const token = await house.shopToken(house.ana)
    const officer = await arrangeAgent(house.db, 'dpo')
    const away = await arrangeAgent(house.db)
    await house.db.query(`update staff set state = 'disabled' where staff_id = $1`, [away])
    for (const acting of [undefined, '', 'marta', officer, away, house.ana]) {
      expect(await house.exchange(token, { acting_agent: acting })).toMatchObject(refused('invalid_request'))
    }
    expect(
      await house.exchange(token, { actor_token: token, actor_token_type: accessTokenType }),
    ).toMatchObject(refused('invalid_request'))
  })
})

describe('a token that will not do', () => {
  it('gets one answer, whatever is wrong with it', async () => {
    const { tokens } = await signIn(
      house.house.origin,
      { clientId: 'tienda-web', scope: 'openid offline_access', more: { prompt: 'consent' } },
      { subjectId: house.ana },
    )
    const expired = await house.shopToken(house.ana)
    await house.db.query(`delete from oidc_tokens where kind = 'AccessToken' and grant_id is null`)
    const gone = await house.shopToken(house.bruno)
    await house.db.query('delete from oidc_tokens where subject_id = $1', [house.bruno])
    const said = new Set<string>()
    for (const token of ['x'.repeat(43), 'no', tokens.refresh_token, tokens.id_token, gone, `${expired}x`]) {
      const { status, body } = await house.exchange(String(token))
      expect(status).toBe(400)
      said.add(JSON.stringify(body))
    }
    expect(said.size).toBe(1)
    expect([...said][0]).toContain('invalid_request')
  })

  it('is anybody’s who was locked, blocked or erased since (R55)', async () => {
    for (const state of ['locked', 'blocked', 'erased']) {
      const person = await arrangeSubject(house.db)
      const token = await house.shopToken(person)
      const held = await house.exchange(token)
      expect(held.status).toBe(200)
      await setState(house.db, person, state)
      expect(await house.exchange(token)).toMatchObject(refused('invalid_request'))
      expect((await introspect(house.house.origin, 'atencion', held.token)).body).toEqual({ active: false })
      expect((await userinfo(house.house.origin, held.token)).status).toBe(401)
    }
  })

  it('is bound to a key that did not sign the request; what comes of it is bound to the same (RFC 9449)', async () => {
    const token = await house.shopToken(house.ana)
    const url = `${house.house.issuer}/oidc/token`
    const key = await makeKey()
    const signed = async (by = key, jti?: string) => ({
      headers: { DPoP: await dpopProof(by, 'POST', url, jti === undefined ? {} : { jti }) },
    })
    expect(await house.exchange(token, {}, 'atado')).toMatchObject(refused('invalid_dpop_proof'))
    const bound = await house.exchange(token, {}, 'atado', await signed())
    expect(bound.body).toMatchObject({ token_type: 'DPoP' })
    expect((await introspect(house.house.origin, 'atado', bound.token)).body).toMatchObject({
      cnf: { jkt: key.thumbprint },
    })
    expect((await userinfo(house.house.origin, bound.token)).status).toBe(401)
    expect(await house.exchange(bound.token, {}, 'atado', await signed(await makeKey()))).toMatchObject(
      refused('invalid_dpop_proof'),
    )
    expect((await house.exchange(bound.token, {}, 'atado', await signed())).status).toBe(200)
    await house.exchange(token, {}, 'atado', await signed(key, 'once'))
    expect(await house.exchange(token, {}, 'atado', await signed(key, 'once'))).toMatchObject(
      refused('invalid_dpop_proof'),
    )
    const elsewhere = { headers: { DPoP: await dpopProof(key, 'GET', url) } }
    expect(await house.exchange(token, {}, 'atado', elsewhere)).toMatchObject(refused('invalid_dpop_proof'))
  })
})
