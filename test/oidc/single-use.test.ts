import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import { authorizeUrl, basic, pkce, refresh, signIn, tokenRequest, userinfo, walk } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'
import { type ServingProcess, serveInProcess } from './support/two-processes.ts'

/*
 * Everything single-use, used by many at once on two processes (VC4). The issuer is the same for both; only the port a
 * request goes to differs.
 */
let database: TestDatabase
let house: House
let other: ServingProcess
let ana: SubjectId

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  ana = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)
  other = await serveInProcess({ connection: JSON.stringify(database.appConnection), issuer: house.issuer })
})

afterAll(async () => {
  await other?.close()
  await house?.close()
  await database?.drop()
})

const web = { clientId: 'tienda-web', scope: 'openid email' }

/** `count` attempts at once, in turns on the two processes; answers their statuses. */
const together = async (count: number, attempt: (origin: string) => Promise<Response>) => {
  const responses = await Promise.all(
    Array.from({ length: count }, (_, index) => attempt(index % 2 === 0 ? house.origin : other.origin)),
  )
  return responses
}

const successes = (responses: readonly Response[]) => responses.filter((one) => one.status === 200)

describe('what is good for one use is used once, whoever comes at the same time', () => {
  it('one code, fifty redemptions on two processes: exactly one gets tokens, and the family ends (R7)', async () => {
    const { verifier, challenge } = pkce()
    const arrival = await walk(house.origin, openBrowser(), authorizeUrl(house.origin, web, challenge), {
      subjectId: ana,
    })
    const code = arrival.back.get('code')!
    const responses = await together(50, (origin) =>
      tokenRequest(origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: callback,
      }),
    )
    const won = successes(responses)
    expect(won).toHaveLength(1)
    for (const lost of responses.filter((one) => one !== won[0])) {
      expect(lost.status).toBe(400)
      expect(await lost.json()).toMatchObject({ error: 'invalid_grant' })
    }
    const tokens = (await won[0]!.json()) as { access_token: string }
    expect((await userinfo(house.origin, tokens.access_token)).status).toBe(401)
  })

  it('one refresh token, twenty uses on two processes: exactly one is renewed (R22)', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { tokens } = await signIn(house.origin, web, { subjectId: ana })
      const responses = await together(20, (origin) => refresh(origin, 'tienda-web', tokens.refresh_token!))
      expect(successes(responses)).toHaveLength(1)
    }
  })

  it('a refresh token used again later ends the family, and that goes on record (R22, R24)', async () => {
    const { tokens } = await signIn(house.origin, web, { subjectId: ana })
    const renewed = (await (await refresh(house.origin, 'tienda-web', tokens.refresh_token!)).json()) as {
      access_token: string
      refresh_token: string
    }
    house.audited.length = 0
    expect((await refresh(house.origin, 'tienda-web', tokens.refresh_token!)).status).toBe(400)
    expect((await refresh(house.origin, 'tienda-web', renewed.refresh_token)).status).toBe(400)
    expect((await userinfo(house.origin, renewed.access_token)).status).toBe(401)
    await expect.poll(() => house.audited.map((entry) => entry.action)).toContain('oidc.reuse-detected')
    const entry = house.audited.find((one) => one.action === 'oidc.reuse-detected')
    expect(entry).toMatchObject({ subjectId: ana, about: 'client:tienda-web' })
  })

  it('one pushed request, twenty authorizations on two processes: exactly one code (R10)', async () => {
    const { browser } = await signIn(house.origin, web, { subjectId: ana })
    const { challenge } = pkce()
    const pushed = await fetch(`${house.origin}/oidc/request`, {
      method: 'POST',
      headers: { authorization: basic('tienda-web') },
      body: new URL(authorizeUrl(house.origin, web, challenge)).searchParams,
    })
    const { request_uri } = (await pushed.json()) as { request_uri: string }
    const query = new URLSearchParams({ client_id: 'tienda-web', request_uri })
    const responses = await together(20, (origin) => browser.get(`${origin}/oidc/auth?${query}`))
    const codes = responses
      .map((one) => one.headers.get('location'))
      .filter((location) => location !== null && new URL(location).searchParams.has('code'))
    expect(codes).toHaveLength(1)
  })
})
