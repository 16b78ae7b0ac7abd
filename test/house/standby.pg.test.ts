import { decodeJwt } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { migrateToLatest } from '../../src/platform/db/migrate.ts'
import { startOwnCluster } from '../platform/db/own-cluster.ts'
import { standbyOf } from '../platform/db/stalled-standby.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  personCalled,
  post,
  type RelyingParty,
  relyingParty,
  tokensFor,
  userinfo,
  Visitor,
} from './visitor.ts'

let cluster: Awaited<ReturnType<typeof startOwnCluster>>
let standby: ReturnType<typeof standbyOf>
let app: TestApp
let web: RelyingParty
const ana = personCalled('ana')

beforeAll(async () => {
  cluster = await startOwnCluster()
  await migrateToLatest(cluster.owner)
  standby = standbyOf(cluster.owner)
  const database = { connection: cluster.owner, appConnection: cluster.app, drop: cluster.remove }
  app = await startTestApp({ people: true, database })
  web = relyingParty(app, 'tienda-norte-web')
}, 120_000)
afterEach(() => standby.answers())
afterAll(() => app?.close())

const tokens = () => tokensFor(app.origin, new Visitor(app.origin), web, ana)
const refresh = (token: string | undefined) =>
  post(app.origin, '/oidc/token', web, { grant_type: 'refresh_token', refresh_token: token ?? '' })

/** An answer with the time it took and all that it says. */
async function timed(asked: Promise<Response>) {
  const started = performance.now()
  const answer = await asked
  const text = await answer.text()
  return {
    status: answer.status,
    retryAfter: Number(answer.headers.get('retry-after')),
    text,
    ms: performance.now() - started,
  }
}

const expectUnknown = (seen: Awaited<ReturnType<typeof timed>>) => {
  expect(seen.status, seen.text).toBe(503)
  expect(seen.retryAfter).toBeGreaterThan(0)
  expect(seen.text).not.toMatch(/token"|ana|@/)
  expect(seen.ms).toBeLessThan(8_000)
}

describe('while the synchronous standby stalls (P4)', () => {
  it('nobody gets a token, everybody an answer, and tokens that exist are still read', async () => {
    const { refresh_token, access_token } = await tokens()
    await standby.stalls()
    expectUnknown(await timed(refresh(refresh_token)))
    const seen = await timed(post(app.origin, '/oidc/introspect', web, { token: access_token }))
    expect(seen.ms).toBeLessThan(8_000)
  })

  it('a token whose wait for the standby somebody cancels does not go out, although PostgreSQL reports success', async () => {
    const { refresh_token } = await tokens()
    await standby.stalls()
    const asked = timed(refresh(refresh_token))
    await expect.poll(async () => (await standby.waiting()).length).toBe(1)
    await standby.cancelWaits()
    expectUnknown(await asked)
  })

  it('no claim leaves before its disclosure is replicated (R91)', async () => {
    const { access_token } = await tokens()
    await standby.stalls()
    expectUnknown(await timed(userinfo(app.origin, access_token)))
  })

  it('nor when somebody cancels the wait', async () => {
    const { access_token } = await tokens()
    await standby.stalls()
    const asked = timed(userinfo(app.origin, access_token))
    await expect.poll(async () => (await standby.waiting()).length).toBe(1)
    await standby.cancelWaits()
    expectUnknown(await asked)
  })

  it('a crowd holds no more connections than the house has, and all is well as soon as the standby is back', async () => {
    const { access_token } = await tokens()
    await standby.stalls()
    const crowd = await Promise.all(
      Array.from({ length: 300 }, () => timed(userinfo(app.origin, access_token))),
    )
    for (const seen of crowd) expectUnknown(seen)
    expect((await standby.waiting()).length).toBeLessThanOrEqual(4)
    await standby.answers()
    expect((await userinfo(app.origin, access_token)).status).toBe(200)
  })

  it.each([
    ['sessions', (subjectId: SubjectId) => app.house.oidc.sessions.endAll(subjectId)],
    ['a client', (subjectId: SubjectId) => app.house.oidc.authorizations.revoke(subjectId, web.clientId)],
  ])('that %s went is told to be uncertain, in time', async (_, end) => {
    const { id_token } = await tokens()
    await standby.stalls()
    const started = performance.now()
    await expect(end(decodeJwt(id_token ?? '').sub as SubjectId)).rejects.toMatchObject({
      code: 'outcome-unknown',
    })
    expect(performance.now() - started).toBeLessThan(8_000)
  })
})
