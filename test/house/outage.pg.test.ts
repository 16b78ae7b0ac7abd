import { afterAll, beforeAll, expect, it } from 'vitest'
import { settleHouse } from '../../src/compose/settle-house.ts'
import { compose, type House } from '../../src/compose.ts'
import { loadConfig, publishedSecret } from '../../src/platform/config/index.ts'
import { migrateToLatest } from '../../src/platform/db/migrate.ts'
import { silentLog } from '../../src/platform/log/index.ts'
import { type Listening, listen } from '../../src/platform/web/listen.ts'
import { startOwnCluster } from '../platform/db/own-cluster.ts'

let cluster: Awaited<ReturnType<typeof startOwnCluster>>
let house: House
let web: Listening
let origin: string

/** A house on a database of its own that can be stopped under its feet. */
beforeAll(async () => {
  cluster = await startOwnCluster()
  await migrateToLatest(cluster.owner)
  const probe = await listen((_, res) => void res.end(), 0, '127.0.0.1')
  const { port } = probe
  await probe.close(0)
  origin = `http://localhost:${port}`
  const config = loadConfig(
    {
      NODE_ENV: 'test',
      PLACET_ISSUER: origin,
      PORT: String(port),
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
    },
    'demo',
  )
  house = await compose(config, cluster.app, { log: silentLog })
  await settleHouse(house)
  web = await listen(house.web.callback(), port, '127.0.0.1')
}, 120_000)

afterAll(async () => {
  await web?.close(0)
  await house?.close()
  await cluster?.remove()
})

const look = async (path: string, init: RequestInit = {}) => {
  const started = performance.now()
  const answer = await fetch(`${origin}${path}`, {
    redirect: 'manual',
    ...init,
    headers: { accept: 'text/html', ...init.headers },
  })
  return {
    path,
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    type: answer.headers.get('content-type') ?? '',
    text: await answer.text(),
    ms: performance.now() - started,
  }
}

const session = { cookie: `placet_session=${'A'.repeat(43)}; placet_session.sig=${'A'.repeat(27)}` }
const staff = { cookie: `placet_staff=${'A'.repeat(43)}` }
const authorize = `/oidc/auth?${new URLSearchParams({
  client_id: 'placet-privacy-centre',
  response_type: 'code',
  scope: 'openid',
  code_challenge: 'A'.repeat(43),
  code_challenge_method: 'S256',
})}`

it('without its database the house says 503 and when to come back, keeps telling its keys, and recovers by itself (P10)', async () => {
  const redirect = `&redirect_uri=${encodeURIComponent(`${origin}/privacy/signed-in`)}`
  expect((await look(`${authorize}${redirect}`)).status).toBe(303)
  expect((await look('/staff', { headers: staff })).status).toBe(303)

  await cluster.stop()
  const needy = [
    ['/staff', { headers: staff }],
    [`/staff/enrol?token=${'A'.repeat(43)}`, {}],
    [`${authorize}${redirect}`, {}],
    ['/oidc/me', { headers: { authorization: `Bearer ${'A'.repeat(43)}`, accept: 'application/json' } }],
    [
      '/oidc/token',
      {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: 'placet-privacy-centre',
          code: 'A'.repeat(43),
          code_verifier: 'A'.repeat(43),
          redirect_uri: `${origin}/privacy/signed-in`,
        }),
      },
    ],
  ] as const
  for (const [path, init] of needy) {
    const seen = await look(path, init)
    expect(seen.status, `${path}: ${seen.text.slice(0, 300)}`).toBe(503)
    expect(Number(seen.retryAfter), path).toBeGreaterThanOrEqual(1)
    expect(seen.ms, path).toBeLessThan(5_000)
    expect(seen.text, path).not.toMatch(/ECONN|ENOENT|postgres|node_modules|\s+at /i)
    if (seen.type.startsWith('text/html')) expect(seen.text).toMatch(/no podemos atenderte/)
  }
  for (const path of [
    '/.well-known/openid-configuration',
    '/oidc/jwks',
    '/assets/placet.css',
    '/staff/sign-in',
  ]) {
    const seen = await look(path)
    expect(seen.status, path).toBe(200)
    expect(seen.ms, path).toBeLessThan(1_000)
  }
  expect(JSON.parse((await look('/oidc/jwks')).text).keys.length).toBeGreaterThan(0)
  // A cookie that nobody signed is nobody's, and asking for it needs no database.
  expect((await look('/privacy', { headers: session })).status).toBe(303)

  await cluster.start()
  await expect.poll(async () => (await look(`${authorize}${redirect}`)).status, { timeout: 5_000 }).toBe(303)
  await expect
    .poll(async () => (await look('/staff', { headers: staff })).status, { timeout: 5_000 })
    .toBe(303)
  expect((await look(`/staff/enrol?token=${'A'.repeat(43)}`)).status).toBe(410)
}, 90_000)
