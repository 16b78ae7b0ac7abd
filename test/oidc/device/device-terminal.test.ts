import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { limits } from '../../../src/platform/limits/index.ts'
import { backdate, deviceGrant } from '../support/device-flow.ts'
import { storeNetwork } from '../support/device-house.ts'
import { basic, signIn } from '../support/flow.ts'
import { assertionType, makeKey } from '../support/keys.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let db: Shop['db']
let house: Shop['house']
let kiosk: Shop['kiosk']
let neighbour: Shop['neighbour']
let ana: Shop['ana']
let calls: Shop['calls']
let open: Shop['open']
let approve: Shop['approve']
let poll: Shop['poll']
let entries: Shop['entries']

beforeAll(async () => {
  shop = await openShop()
  ;({ db, house, kiosk, neighbour, ana, calls, open, approve, poll, entries } = shop)
})
afterAll(() => shop?.close())
beforeEach(() => shop.tidy())

/** Nothing of a refused request is kept, neither the flow nor the engine's own code. */
const expectNoCode = async () => {
  expect((await db.query('select 1 from oidc_device_flows')).rows).toHaveLength(0)
  expect((await db.query(`select 1 from oidc_tokens where kind = 'DeviceCode'`)).rows).toHaveLength(0)
}

describe('who may ask for a code (R38)', () => {
  it('is no other client, even one that registered the grant', async () => {
    const asWeb = (fields: Record<string, string>, path: string) =>
      fetch(`${house.origin}${path}`, {
        method: 'POST',
        headers: { authorization: basic('tienda-web'), accept: 'application/json' },
        body: new URLSearchParams(fields),
      })
    const asked = await asWeb({ scope: 'openid' }, '/oidc/device/auth')
    expect({ status: asked.status, body: await asked.json() }).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    })
    const redeemed = await asWeb({ grant_type: deviceGrant, device_code: 'x'.repeat(43) }, '/oidc/token')
    expect(await redeemed.json()).toMatchObject({ error: 'unauthorized_client' })
    const without = await fetch(`${house.origin}/oidc/device/auth`, {
      method: 'POST',
      headers: { authorization: basic('plain-web'), accept: 'application/json' },
      body: new URLSearchParams({ scope: 'openid' }),
    })
    expect(await without.json()).toMatchObject({ error: 'unauthorized_client' })
    await expectNoCode()
  })

  it('is nobody who cannot sign with the terminal’s key: the phisher from elsewhere never gets a code', async () => {
    const stranger = { ...kiosk, key: await makeKey() }
    const answer = await calls.ask(stranger)
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
    const nobody = await fetch(`${house.origin}/oidc/device/auth`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: kiosk.clientId, scope: 'openid' }),
    })
    expect(nobody.status).toBe(401)
  })

  it('is no terminal away from its networks, and its key seen there raises the alarm', async () => {
    const answer = await calls.ask(kiosk, { from: '192.0.2.9' })
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    })
    expect(await entries('oidc.device-start-refused')).toHaveLength(1)
    expect(house.troubles).toHaveLength(1)
    await expectNoCode()
    // Nor is a token given out there, to somebody who took key and code along.
    const started = await calls.start(kiosk)
    await open(started.user_code)
    await approve(started.user_code, started.binding_number)
    expect((await calls.poll(kiosk, started.device_code, { from: '192.0.2.9' })).body).toMatchObject({
      error: 'invalid_grant',
    })
    expect((await poll(started.device_code)).status).toBe(200)
  })

  it('is no terminal whose own clock is an hour off, either way: it is refused and gets no code (R18)', async () => {
    for (const off of [-3_600, 3_600]) {
      const seconds = Math.floor(Date.now() / 1000) + off
      const signed = await new SignJWT({ jti: `clock-${off}` })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(kiosk.clientId)
        .setSubject(kiosk.clientId)
        .setAudience(house.origin)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + 50)
        .sign(kiosk.key.privateKey)
      const answer = await fetch(`${house.origin}/oidc/device/auth`, {
        method: 'POST',
        headers: { accept: 'application/json', 'x-test-caller': `${storeNetwork}7` },
        body: new URLSearchParams({
          client_id: kiosk.clientId,
          client_assertion_type: assertionType,
          client_assertion: signed,
          scope: 'openid kiosk',
        }),
      })
      expect({ status: answer.status, body: await answer.json() }).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
    }
    await expectNoCode()
    // Negative control: by the right time, the same key is let in.
    expect((await calls.ask(kiosk)).status).toBe(200)
  })

  it('is told 429 when it asks too often, and its neighbour is not (R48)', async () => {
    const most = limits['device-start-terminal'].tiers[0].points
    const statuses = await Promise.all(
      Array.from({ length: most + 1 }, async () => (await calls.ask(kiosk)).status),
    )
    expect(statuses.filter((status) => status === 200)).toHaveLength(most)
    const refused = await calls.ask(kiosk)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await calls.ask(neighbour)).status).toBe(200)
  })

  it.each([
    ['its store’s line', `${storeNetwork}7`, 'device-start-network', `${storeNetwork}8`],
    ['the whole house', 'house', 'device-start-house', undefined],
  ] as const)('is told 429 when %s asked too often, whoever asks (R48)', async (_, key, limit, elsewhere) => {
    await house.limiter.consume(key, limit, limits[limit].tiers[0].points)
    expect((await calls.ask(kiosk)).status).toBe(429)
    expect((await calls.ask(neighbour)).status).toBe(429)
    await expectNoCode()
    // Negative control: another line of the store is none of that one's business; a house has no other.
    if (elsewhere !== undefined) expect((await calls.ask(kiosk, { from: elsewhere })).status).toBe(200)
  })

  it('asks for openid and kiosk and nothing else (R46)', async () => {
    for (const scope of ['openid profile', 'kiosk', 'openid kiosk email']) {
      const answer = await calls.ask(kiosk, { scope })
      expect({ scope, body: await answer.json() }).toMatchObject({ scope, body: { error: 'invalid_scope' } })
    }
    // Nor does the scope of kiosks do anything for anybody else: no token carries it.
    const asWeb = signIn(house.origin, { clientId: 'plain-web', scope: 'openid kiosk' }, { subjectId: ana })
    await expect(asWeb).rejects.toThrow('invalid_scope')
  })

  it('is no disabled terminal, and the codes it has on its screen are dead (kill switch)', async () => {
    const started = await calls.start(kiosk)
    const setClient = async (state: string) => {
      await db.query('update clients set state = $2 where client_id = $1', [kiosk.clientId, state])
      await house.oidc.reloadClients()
    }
    await setClient('disabled')
    expect((await calls.ask(kiosk)).status).toBe(401)
    expect((await poll(started.device_code)).status).toBe(401)
    expect(await open(started.user_code)).toBe('no-such-code')
    await setClient('active')
    expect(await open(started.user_code)).toMatchObject({ state: 'claimed' })
  })
})

describe('a kiosk that asks', () => {
  it('too soon is told to slow down, and waits five seconds longer from then on (R45)', async () => {
    const { device_code: code } = await calls.start(kiosk)
    expect((await calls.poll(kiosk, code)).body).toMatchObject({ error: 'authorization_pending' })
    expect((await calls.poll(kiosk, code)).body).toMatchObject({ error: 'slow_down' })
    const interval = async () => (await db.query('select interval_seconds from oidc_device_flows')).rows[0]
    expect(await interval()).toEqual({ interval_seconds: 10 })
    await backdate(db, 6)
    expect((await calls.poll(kiosk, code)).body).toMatchObject({ error: 'slow_down' })
    await backdate(db, 16)
    expect((await calls.poll(kiosk, code)).body).toMatchObject({ error: 'authorization_pending' })
    expect(await interval()).toEqual({ interval_seconds: 15 })
  })

  it('with the code of another terminal gets nothing and slows nobody down (R45)', async () => {
    const { device_code: code } = await calls.start(kiosk)
    for (let at = 0; at < 3; at += 1) {
      expect((await calls.poll(neighbour, code)).body).toMatchObject({ error: 'invalid_grant' })
    }
    expect((await calls.poll(kiosk, code)).body).toMatchObject({ error: 'authorization_pending' })
  })

  it('with a proof of another key gets no token, and the right key still does (R46)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code)
    await approve(started.user_code, started.binding_number)
    const other = await makeKey()
    expect((await calls.poll(kiosk, started.device_code, { key: other })).body).toMatchObject({
      error: 'invalid_dpop_proof',
    })
    expect((await poll(started.device_code)).status).toBe(200)
  })

  it('costs two statements while nobody decides: its assertion, and one that reads and counts', async () => {
    const { device_code: code } = await calls.start(kiosk)
    house.roundTrips.length = 0
    await calls.poll(kiosk, code)
    expect(house.roundTrips).toEqual(['oidc_replay', 'oidc_device_poll'])
  })
})
