import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setState } from '../support/arrange.ts'
import { phone, visitor } from '../support/device-flow.ts'
import { dpopProof, type KeyOfClient } from '../support/keys.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let db: Shop['db']
let house: Shop['house']
let kiosk: Shop['kiosk']
let neighbour: Shop['neighbour']
let ana: Shop['ana']
let bruno: Shop['bruno']
let calls: Shop['calls']
let open: Shop['open']
let approve: Shop['approve']
let poll: Shop['poll']
let entries: Shop['entries']
let alarms: Shop['alarms']

beforeAll(async () => {
  shop = await openShop()
  ;({ db, house, kiosk, neighbour, ana, bruno, calls, open, approve, poll, entries, alarms } = shop)
})
afterAll(() => shop?.close())
beforeEach(() => shop.tidy())

describe('a kiosk and a phone', () => {
  it('sign Ana in at the kiosk, with a token for this terminal and for minutes (R41, R42, R46)', async () => {
    const started = await calls.start(kiosk)
    expect(started).toMatchObject({
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verification_uri: `${house.issuer}/device`,
      verification_uri_complete: `${house.issuer}/device?user_code=${started.user_code}`,
      expires_in: 300,
      interval: 5,
      binding_number: expect.stringMatching(/^[1-9][0-9]$/),
    })
    // 43 letters of base64url hold 256 bits (R45).
    expect(started.device_code).toMatch(/^[\w-]{43,}$/)
    expect(await calls.poll(kiosk, started.device_code)).toEqual({
      status: 400,
      body: expect.objectContaining({ error: 'authorization_pending' }),
    })

    const flow = await open(started.user_code.toLowerCase())
    expect(flow).toMatchObject({
      state: 'claimed',
      place: { label: 'Quiosco 3', store: 'Tienda Gran Vía', city: 'Madrid' },
      clientName: 'Quiosco de Tienda Norte',
      scopes: ['openid', 'kiosk'],
    })
    if (typeof flow === 'string') throw new Error(flow)
    expect(new Set(flow.offered).size).toBe(3)
    expect(flow.offered).toContain(Number(started.binding_number))
    expect((await poll(started.device_code)).body).toMatchObject({
      error: 'authorization_pending',
      claimed: true,
    })

    expect(await approve(started.user_code, started.binding_number)).toMatchObject({ state: 'approved' })
    const { status, body } = await poll(started.device_code)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'DPoP', scope: 'openid kiosk' })
    expect(body['refresh_token']).toBeUndefined()
    expect(Number(body['expires_in'])).toBeLessThanOrEqual(900)
    expect(decodeJwt(String(body['id_token']))).toMatchObject({ sub: ana, aud: kiosk.clientId })

    // Without a proof of the terminal's key it is only a copy; with it, it works.
    const token = String(body['access_token'])
    const me = `${house.origin}/oidc/me`
    const ath = createHash('sha256').update(token).digest('base64url')
    const withProof = async (key: KeyOfClient) =>
      fetch(me, {
        headers: {
          authorization: `DPoP ${token}`,
          dpop: await dpopProof(key, 'GET', `${house.issuer}/oidc/me`, { ath }),
        },
      })
    expect((await fetch(me, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    expect((await withProof(neighbour.key)).status).toBe(401)
    expect((await withProof(kiosk.key)).status).toBe(200)
    expect((await poll(started.device_code)).body).toMatchObject({ error: 'invalid_grant' })
  })
})

describe('whoever approves', () => {
  it('chooses the number on the screen; one wrong choice ends it, and the kiosk is refused (R42)', async () => {
    const started = await calls.start(kiosk)
    const flow = await open(started.user_code)
    if (typeof flow === 'string') throw new Error(flow)
    const wrong = flow.offered.find((one) => one !== Number(started.binding_number)) ?? 0
    expect(await approve(started.user_code, wrong)).toBe('wrong-number')
    expect(await approve(started.user_code, started.binding_number)).toBe('no-such-code')
    expect((await poll(started.device_code)).body).toMatchObject({ error: 'access_denied' })
    expect(await alarms()).toEqual([expect.objectContaining({ because: 'wrong-number' })])
    // The number is in neither of the addresses that a phisher could pass on.
    const { search } = new URL(started.verification_uri_complete)
    expect(search).toBe(`?user_code=${started.user_code}`)
  })

  it('is the first who claimed the code: a second account is refused, and ends it for both (R44, R47)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code, visitor(ana))
    expect(await approve(started.user_code, started.binding_number, visitor(bruno))).toBe('no-such-code')
    expect(await approve(started.user_code, started.binding_number, visitor(ana))).toBe('no-such-code')
    expect((await poll(started.device_code)).body).toMatchObject({ error: 'access_denied' })
    expect(await alarms()).toEqual([
      { because: 'second-account', touchpointId: 'gran-via-kiosk-3', clientId: kiosk.clientId },
    ])
    const [entry] = await entries('oidc.device-killed')
    expect(entry).toMatchObject({ stream: ana, facts: { because: 'second-account' } })
    // Neither learns who the other was, and the log names nobody.
    expect(JSON.stringify(entry)).not.toContain(bruno)
    expect(JSON.stringify(house.troubles)).not.toMatch(/[0-9a-f]{8}-/)
  })

  it('in the same account from another network ends it as well, and tokens given out are dead (R47)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code)
    await approve(started.user_code, started.binding_number)
    const { body } = await poll(started.device_code)
    const token = String(body['access_token'])
    const ath = createHash('sha256').update(token).digest('base64url')
    const me = async () =>
      fetch(`${house.origin}/oidc/me`, {
        headers: {
          authorization: `DPoP ${token}`,
          dpop: await dpopProof(kiosk.key, 'GET', `${house.issuer}/oidc/me`, { ath }),
        },
      })
    expect((await me()).status).toBe(200)
    // A phone that has both kinds of address is one phone.
    expect(await open(started.user_code, visitor(ana, { network: '2001:db8:1::/48' }))).toMatchObject({
      state: 'approved',
    })
    expect(await open(started.user_code, visitor(ana, { network: '192.0.2.0/24' }))).toBe('no-such-code')
    expect((await me()).status).toBe(401)
    expect(await alarms()).toEqual([expect.objectContaining({ because: 'second-network' })])
  })

  it('proved who they are within five minutes (R44)', async () => {
    const started = await calls.start(kiosk)
    const stale = visitor(ana, { authenticatedAt: new Date(Date.now() - 301_000) })
    expect(await open(started.user_code, stale)).toMatchObject({ state: 'claimed' })
    expect(await approve(started.user_code, started.binding_number, stale)).toBe('sign-in-too-old')
    expect(await approve(started.user_code, started.binding_number)).toMatchObject({ state: 'approved' })
  })

  it('in another country than the kiosk needs a passkey; without a source of countries nobody is asked (R48)', async () => {
    const started = await calls.start(kiosk)
    const abroad = visitor(ana, { country: 'FR' })
    expect(await open(started.user_code, abroad)).toBe('passkey-needed')
    expect(await approve(started.user_code, started.binding_number, abroad)).toBe('passkey-needed')
    const surely = visitor(ana, { country: 'FR', assurance: 'passkey' })
    expect(await approve(started.user_code, started.binding_number, surely)).toMatchObject({
      state: 'approved',
    })
  })

  it('leaves evidence of kiosk, place and language (R57)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code)
    await approve(started.user_code, started.binding_number)
    expect((await entries('oidc.device-approved'))[0]).toMatchObject({
      stream: ana,
      about: `client:${kiosk.clientId}`,
      channel: 'kiosk',
      touchpoint: 'gran-via-kiosk-3',
      facts: { scopes: ['openid', 'kiosk'], language: 'es' },
    })
  })

  it('and was locked or erased in between gets no tokens, nor may they approve (R55)', async () => {
    for (const state of ['locked', 'erased']) {
      const before = await calls.start(kiosk)
      await open(before.user_code)
      await setState(db, ana, state)
      expect(await approve(before.user_code, before.binding_number)).toBe('no-such-code')
      await setState(db, ana, 'active')
      const after = await calls.start(kiosk)
      await open(after.user_code)
      expect(await approve(after.user_code, after.binding_number)).toMatchObject({ state: 'approved' })
      await setState(db, ana, state)
      expect((await poll(after.device_code)).body).toMatchObject({ error: 'invalid_grant' })
      await setState(db, ana, 'active')
    }
  })

  it('and ended all sessions since then gets no tokens (R55)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code)
    await approve(started.user_code, started.binding_number)
    await house.oidc.sessions.endAll(ana)
    expect((await poll(started.device_code)).body).toMatchObject({ error: 'invalid_grant' })
  })
})

describe('whoever says no', () => {
  it('is obeyed, and the kiosk told (RFC 8628 3.5)', async () => {
    const started = await calls.start(kiosk)
    await open(started.user_code)
    expect(await phone(house.origin, 'decline', started.user_code, visitor(ana))).toBe('declined')
    expect(await approve(started.user_code, started.binding_number)).toBe('no-such-code')
    expect((await poll(started.device_code)).body).toMatchObject({ error: 'access_denied' })
    expect(await alarms()).toEqual([])
  })

  it('or “that was not me” ends it at any stage, tokens included, and raises the alarm (R47)', async () => {
    for (const stage of ['claimed', 'approved', 'redeemed'] as const) {
      await db.query('delete from outbox_events')
      const started = await calls.start(kiosk)
      await open(started.user_code)
      if (stage !== 'claimed') await approve(started.user_code, started.binding_number)
      const token = stage === 'redeemed' ? (await poll(started.device_code)).body['access_token'] : undefined
      expect(await phone(house.origin, 'report', started.user_code, visitor(ana))).toBe('reported')
      expect((await poll(started.device_code)).status).toBe(400)
      if (token !== undefined) {
        const left = await db.query(
          `select 1 from oidc_tokens where kind = 'AccessToken' and subject_id = $1`,
          [ana],
        )
        expect(left.rows).toHaveLength(0)
      }
      expect(await alarms()).toEqual([expect.objectContaining({ because: 'reported' })])
      expect(await phone(house.origin, 'report', started.user_code, visitor(bruno))).toBe('no-such-code')
    }
  })
})
