import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { arrangeAgent, visitorOf } from '../support/call-centre.ts'
import { type ExchangeHouse, openExchangeHouse } from '../support/exchange.ts'
import { introspect, signIn, tokenRequest, userinfo } from '../support/flow.ts'
import { marketingApi } from '../support/house.ts'
import { dpopProof, makeKey } from '../support/keys.ts'
import { type ServingProcess, serveInProcess } from '../support/two-processes.ts'

/* What agents hold: it always says so, it ends with what it came from, and each use of it is on record. */
let house: ExchangeHouse
let other: ServingProcess

beforeAll(async () => {
  house = await openExchangeHouse()
  other = await serveInProcess({
    connection: JSON.stringify(house.database.appConnection),
    issuer: house.house.issuer,
  })
})
afterAll(async () => {
  await other?.close()
  await house?.close()
})
beforeEach(async () => {
  await house.tidy()
  house.house.audited.length = 0
  house.house.world.released = { given_name: 'Ana' }
})

const told = (token: string, by = 'atencion') => introspect(house.house.origin, by, token)
const noted = (action: string) => house.house.audited.filter((one) => one.action === action)

describe('every token that an agent holds says who acts', () => {
  it('by call and by exchange: ID token, access token at introspection, userinfo', async () => {
    const act = { sub: `staff:${house.agent}`, client_id: 'atencion' }
    const { id, link } = await house.ring(house.ana, { scope: 'openid profile' }, 'atencion')
    await house.answer('approve', link, visitorOf(house.ana))
    const { body } = await house.pollInTime(id, 'atencion')
    expect(Object.keys(body).filter((name) => name.endsWith('_token'))).toEqual(['access_token', 'id_token'])
    expect(decodeJwt(String(body['id_token']))).toMatchObject({ act })
    const byCall = String(body['access_token'])
    const again = await house.exchange(byCall)
    const fromShop = await house.exchange(await house.shopToken(house.ana))
    const forService = await house.exchange(
      await house.shopToken(house.ana, 'openid segments:read', marketingApi),
    )
    for (const [token, claim] of [
      [byCall, act],
      [again.token, { ...act, act }],
      [fromShop.token, act],
    ] as const) {
      expect((await told(token)).body['act']).toEqual(claim)
      expect(await (await userinfo(house.house.origin, token)).json()).toMatchObject({ act: claim })
    }
    expect((await told(forService.token, 'marketing-api')).body['act']).toEqual(act)
    // The control, and the count: nothing else was issued to the agent's client, and the shop's own says nothing.
    expect((await told(await house.shopToken(house.ana), 'tienda-web')).body).not.toHaveProperty('act')
    const { rows } = await house.db.query(
      `select count(*)::int as n from oidc_tokens where client_id = 'atencion' and kind = 'AccessToken'`,
    )
    expect(rows).toEqual([{ n: 4 }])
  })

  it('to our own API as well, which takes it for nobody’s own word (R56)', async () => {
    const { token } = await house.exchange(await house.shopToken(house.ana))
    const own = await house.shopToken(house.ana)
    const seen = async (bearer: string) =>
      (await fetch(`${house.house.origin}/bearer`, { headers: { authorization: `Bearer ${bearer}` } })).json()
    expect(await seen(token)).toMatchObject({ subjectId: house.ana, byAgent: true })
    expect(await seen(own)).toMatchObject({ subjectId: house.ana, byAgent: false })
  })
})

describe('an agent’s token ends', () => {
  const alive = async (token: string) => (await told(token)).body['active']

  it('with the customer’s own, when they take back what the client may do or sign out', async () => {
    const { tokens, browser } = await signIn(
      house.house.origin,
      { clientId: 'tienda-web', scope: 'openid profile' },
      { subjectId: house.ana },
    )
    const { token } = await house.exchange(tokens.access_token)
    expect(await alive(token)).toBe(true)
    expect((await browser.get(`${house.house.origin}/whoami`)).status).toBe(200)
    await house.house.oidc.sessions.endAll(house.ana)
    expect(await alive(token)).toBe(false)
    expect((await userinfo(house.house.origin, token)).status).toBe(401)

    const next = await house.exchange(await house.shopToken(house.ana))
    expect(await house.house.oidc.authorizations.revoke(house.ana, 'tienda-web')).toBe(true)
    expect(await alive(next.token)).toBe(false)
  })

  it('with the browser session that the customer’s token ends with, through every hand, and no later', async () => {
    const own = await house.shopToken(house.ana)
    const first = await house.exchange(own)
    const second = await house.exchange(first.token, {}, 'segunda-linea')
    const byCall = await house.exchange(await house.callToken(house.ana))
    const alsoTold = async () => [
      (await told(own, 'tienda-web')).body['active'],
      await alive(first.token),
      (await told(second.token, 'segunda-linea')).body['active'],
    ]
    expect(await alsoTold()).toEqual([true, true, true])
    // As a sweep leaves it once the session is over: nobody signed out, and its grants are there still.
    await house.db.query('delete from oidc_sessions where subject_id = $1', [house.ana])
    expect(await alsoTold()).toEqual([false, false, false])
    expect((await userinfo(house.house.origin, first.token)).status).toBe(401)
    expect((await house.exchange(first.token, {}, 'segunda-linea')).body['error']).toBe('invalid_request')
    // The control: what came from a telephone call knows no browser.
    expect(await alive(byCall.token)).toBe(true)
  })

  it('with the call it came from, on “that was not me”, through every hand', async () => {
    const { id, link } = await house.ring(house.ana, { scope: 'openid profile' }, 'atencion')
    await house.answer('approve', link)
    const { body } = await house.pollInTime(id, 'atencion')
    const first = await house.exchange(String(body['access_token']))
    const second = await house.exchange(first.token, {}, 'segunda-linea')
    expect((await told(second.token, 'segunda-linea')).body['active']).toBe(true)
    await house.answer('report', link)
    expect(await alive(first.token)).toBe(false)
    expect((await told(second.token, 'segunda-linea')).body).toEqual({ active: false })
    expect((await house.db.query('select 1 from oidc_grants')).rows).toEqual([])
  })

  it('with a refresh token that somebody used twice (R22)', async () => {
    const { tokens } = await signIn(
      house.house.origin,
      { clientId: 'tienda-web', scope: 'openid profile' },
      { subjectId: house.ana },
    )
    const { token } = await house.exchange(tokens.access_token)
    const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) }
    expect((await tokenRequest(house.house.origin, 'tienda-web', refresh)).status).toBe(200)
    expect((await tokenRequest(house.house.origin, 'tienda-web', refresh)).status).toBe(400)
    expect(await alive(token)).toBe(false)
  })

  it('also when it was being made at that moment: of twenty on two processes none outlives the end', async () => {
    for (let round = 0; round < 3; round += 1) {
      const own = await house.shopToken(house.ana)
      const origins = [house.house.origin, other.origin]
      const making = Array.from({ length: 20 }, (_, at) =>
        house.exchange(own, {}, 'atencion', { origin: origins[at % 2] ?? '' }),
      )
      const ending = house.house.oidc.sessions.endAll(house.ana)
      const made = await Promise.all(making)
      await ending
      for (const { status, body, token } of made) {
        if (status === 200) expect(await alive(token)).toBe(false)
        else expect(['invalid_request', 'invalid_grant']).toContain(body['error'])
      }
      expect(
        (await house.db.query('select 1 from oidc_grants where parent_grant_id is not null')).rows,
      ).toEqual([])
    }
    expect(house.house.troubles).toEqual([])
  })
})

it('a proof of a key works once for twenty hands on two processes (RFC 9449 11.1)', async () => {
  const own = await house.shopToken(house.ana)
  const DPoP = await dpopProof(await makeKey(), 'POST', `${house.house.issuer}/oidc/token`)
  const origins = [house.house.origin, other.origin]
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      house.exchange(own, {}, 'atado', { origin: origins[at % 2] ?? '', headers: { DPoP } }),
    ),
  )
  expect(made.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(new Set(made.flatMap(({ status, body }) => (status === 200 ? [] : [body['error']])))).toEqual(
    new Set(['invalid_dpop_proof']),
  )
})

describe('the customer sees', () => {
  it('each exchange, with the agent beside it', async () => {
    const own = await house.shopToken(house.ana)
    await house.exchange(own)
    await house.exchange(own, { scope: 'openid phone' })
    expect(noted('oidc.token-exchanged')).toEqual([
      expect.objectContaining({
        subjectId: house.ana,
        about: 'client:atencion',
        facts: { agent: `staff:${house.agent}`, scopes: ['openid', 'profile', 'email'] },
      }),
    ])
  })

  it('it before the token leaves: where it cannot be kept on record, there is none', async () => {
    const own = await house.shopToken(house.ana)
    const { audited } = house.house
    const keeping = vi.spyOn(audited, 'push').mockImplementation((...entries) => {
      if (entries.some(({ action }) => action === 'oidc.token-exchanged')) throw new Error('no trail')
      return Array.prototype.push.apply(audited, entries)
    })
    const refused = await house.exchange(own)
    keeping.mockRestore()
    expect(refused.status).toBe(500)
    expect(refused.body).not.toHaveProperty('access_token')
    house.house.troubles.length = 0
    expect((await house.exchange(own)).status).toBe(200)
  })

  it('each use, at userinfo by the client that acts and at introspection by the service that was shown it', async () => {
    const { token } = await house.exchange(await house.shopToken(house.ana))
    await userinfo(house.house.origin, token)
    const forService = await house.exchange(
      await house.shopToken(house.ana, 'openid segments:read', marketingApi),
    )
    await told(forService.token, 'marketing-api')
    const facts = { agent: `staff:${house.agent}` }
    expect(noted('oidc.agent-access')).toEqual([
      expect.objectContaining({
        subjectId: house.ana,
        actor: { kind: 'client', clientId: 'atencion' },
        facts: { ...facts, at: 'userinfo' },
      }),
      expect.objectContaining({
        subjectId: house.ana,
        actor: { kind: 'client', clientId: 'marketing-api' },
        about: 'client:atencion',
        facts: { ...facts, at: 'introspection' },
      }),
    ])
  })

  it('nothing where nothing was learnt, and nothing of what their own applications do', async () => {
    const own = await house.shopToken(house.ana)
    const { token } = await house.exchange(own)
    await told(token, 'plain-web')
    await userinfo(house.house.origin, `${token}x`)
    await userinfo(house.house.origin, own)
    await told(own, 'tienda-web')
    expect(noted('oidc.agent-access')).toEqual([])
  })

  it('the agent who asked and not one who left: an exchange is theirs for as long as they work here', async () => {
    const leaving = await arrangeAgent(house.db)
    const own = await house.shopToken(house.ana)
    expect((await house.exchange(own, { acting_agent: leaving })).status).toBe(200)
    await house.db.query('delete from staff_roles where staff_id = $1', [leaving])
    expect((await house.exchange(own, { acting_agent: leaving })).body).toMatchObject({
      error: 'invalid_request',
    })
    expect(noted('oidc.token-exchanged')).toHaveLength(1)
  })
})
