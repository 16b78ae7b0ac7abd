import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandHouse } from '../../src/compose/command-house.ts'
import { limits } from '../../src/platform/limits/index.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { basic, relyingParty } from './visitor.ts'

let app: TestApp
beforeAll(async () => {
  // The house believes this machine about who called, so that a test can come from anywhere.
  app = await startTestApp({ environment: { PLACET_TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(() => app?.close())

interface Try {
  readonly from: string
  readonly clientId: string
  readonly secret: string
  readonly path?: string
}

const attempt = async ({ from, clientId, secret, path = '/oidc/introspect' }: Try) => {
  const answer = await fetch(`${app.origin}${path}`, {
    method: 'POST',
    headers: { authorization: basic(clientId, secret), 'x-forwarded-for': from },
    body: new URLSearchParams({ token: 'x', grant_type: 'refresh_token', refresh_token: 'x' }),
  })
  const body = (await answer.json()) as { error?: string }
  return { status: answer.status, error: body.error, retryAfter: Number(answer.headers.get('retry-after')) }
}
const repeat = async (times: number, one: (at: number) => Promise<{ status: number }>) => {
  const statuses: number[] = []
  for (let at = 0; at < times; at += 25) {
    const batch = Array.from({ length: Math.min(25, times - at) }, (_, more) => one(at + more))
    statuses.push(...(await Promise.all(batch)).map(({ status }) => status))
  }
  return statuses
}
const perCaller = limits['token-failures-caller'].tiers[0].points
const perClient = limits['token-failures-client'].tiers[0].points
const perNetwork = limits['token-failures-network'].tiers[0].points
const right = (clientId: string) => app.clientSecret(clientId)

describe('whoever guesses the secret of a client', () => {
  it('is told 429 and when to come back, and a neighbour in the same /24 with the right secret is not (R108)', async () => {
    const clientId = 'tienda-norte-web'
    const guess = { from: '203.0.113.7', clientId, secret: 'wrong' }
    const statuses = await repeat(perCaller, () => attempt(guess))
    expect(new Set(statuses)).toEqual(new Set([401]))
    const refused = await attempt(guess)
    expect(refused).toMatchObject({ status: 429, error: 'temporarily_unavailable' })
    expect(refused.retryAfter).toBeGreaterThan(0)
    expect(refused.retryAfter).toBeLessThanOrEqual(300)
    expect((await attempt({ ...guess, path: '/oidc/token' })).status).toBe(429)
    expect((await attempt({ ...guess, path: '/oidc/device/auth' })).status).toBe(429)

    const neighbour = { from: '203.0.113.8', clientId, secret: right(clientId) }
    for (let at = 0; at < 5; at += 1) expect((await attempt(neighbour)).status).toBe(200)
    expect((await attempt({ ...neighbour, path: '/oidc/token' })).status).toBe(400)
    // Negative control: the neighbour's own first mistake is only a mistake.
    expect((await attempt({ ...neighbour, secret: 'wrong' })).status).toBe(401)
  })

  it('is not forgiven by somebody else’s success, nor shut out of the client they really are', async () => {
    const clientId = 'tienda-norte-web'
    const from = '203.0.113.7'
    expect((await attempt({ from, clientId, secret: right(clientId) })).status).toBe(200)
    expect((await attempt({ from, clientId, secret: 'wrong' })).status).toBe(429)
    // Another client behind the same address has a count of its own.
    expect((await attempt({ from, clientId: 'correo-norte', secret: 'wrong' })).status).toBe(401)
  })

  it('is not who proved to be the client and asks about tokens that have ended, however often (R108)', async () => {
    const backend = { from: '192.0.2.77', clientId: 'tienda-norte-web', secret: right('tienda-norte-web') }
    const statuses = await repeat(perCaller + 20, () => attempt({ ...backend, path: '/oidc/token' }))
    expect(new Set(statuses)).toEqual(new Set([400]))
  })

  it('from ever new addresses is slowed by the client’s own count, and the client itself never is', async () => {
    const clientId = 'correo-norte'
    const from = (at: number) => `198.${at >> 8}.${at & 255}.1`
    await repeat(perClient, (at) => attempt({ from: from(at), clientId, secret: `guess-${at}` }))
    const fresh = { from: '192.0.2.1', clientId }
    expect((await attempt({ ...fresh, secret: 'one more' })).status).toBe(429)
    expect((await attempt({ ...fresh, secret: right(clientId) })).status).toBe(200)
    // What the client itself gets wrong, once it is known to be it, is answered as it is.
    expect(await attempt({ ...fresh, secret: right(clientId), path: '/oidc/token' })).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    })
    expect((await attempt({ ...fresh, clientId: 'tienda-norte-web', secret: 'wrong' })).status).toBe(401)
  })

  it('by naming ever new clients is slowed with its whole neighbourhood, whose right secrets still work', async () => {
    const clientId = 'tienda-norte-web'
    const somebody = (at: number) => ({ from: `100.64.0.${at % 200}`, clientId: `nobody-${at}`, secret: 'x' })
    await repeat(perNetwork, (at) => attempt(somebody(at)))
    expect((await attempt({ from: '100.64.0.250', clientId: 'nobody', secret: 'x' })).status).toBe(429)
    expect((await attempt({ from: '100.64.1.1', clientId: 'nobody', secret: 'x' })).status).toBe(401)
    expect((await attempt({ from: '100.64.0.250', clientId, secret: right(clientId) })).status).toBe(200)
  })

  it('counts as one caller throughout an IPv6 /64', async () => {
    const clientId = 'correo-norte'
    const party = relyingParty(app, 'tienda-norte-web')
    const statuses = await repeat(perCaller + 1, (at) =>
      attempt({ from: `2001:db8:1:2::${at + 1}`, clientId: party.clientId, secret: 'wrong' }),
    )
    expect(statuses).toContain(429)
    expect(
      (await attempt({ from: '2001:db8:1:3::1', clientId: party.clientId, secret: 'wrong' })).status,
    ).toBe(401)
    expect((await attempt({ from: '2001:db8:1:2::1', clientId, secret: right(clientId) })).status).toBe(200)
  })
})

describe('whoever guesses at the links of staff', () => {
  const perAddress = limits['staff-sign-in-network'].tiers[0].points
  const open = async (from: string, token: string) => {
    const headers = { 'x-forwarded-for': from, accept: 'text/html' }
    return (await fetch(`${app.origin}/staff/enrol?token=${token}`, { headers })).status
  }

  it('is not forgiven because a colleague in the same /24 opens a good one, nor is the colleague shut out (R64)', async () => {
    const { enrolmentToken } = await commandHouse(app.house).staff.create({
      login: 'ana',
      displayName: 'Ana',
      roles: [{ role: 'admin', touchpointId: undefined }],
    })
    const guesses = await repeat(perAddress, async () => ({
      status: await open('192.0.2.66', 'A'.repeat(43)),
    }))
    expect(guesses).not.toContain(429)
    expect(await open('192.0.2.67', enrolmentToken)).toBe(200)
    expect(await open('192.0.2.66', 'A'.repeat(43))).toBe(429)
    expect(await open('192.0.2.67', enrolmentToken)).toBe(200)
  })
})

it('guessing at the protocol endpoints is slowed down however their address is spelled (R108)', async () => {
  const spellings = [
    '/oidc/token',
    '/oidc/TOKEN',
    '/oidc/token/',
    '/oidc/Introspect',
    '/oidc/%74oken',
    '/oidc/revoke/',
  ]
  const guess = async (path: string) => {
    const answer = await fetch(`${app.origin}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('tienda-norte-web:wrong').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', token: 'x' }),
    })
    return answer.status
  }
  // Either the engine does not answer there at all, or every failure counts.
  const served = []
  for (const path of spellings) if ((await guess(path)) === 401) served.push(path)
  expect(served).toContain('/oidc/token')
  for (let tries = 0; tries < 240; tries += 20)
    await Promise.all(Array.from({ length: 20 }, () => guess('/oidc/token')))
  await expect.poll(() => guess('/oidc/token')).toBe(429)
  for (const path of served) expect(await guess(path), path).toBe(429)
})
