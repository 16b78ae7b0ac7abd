import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import {
  authorizeUrl,
  introspect,
  pkce,
  refresh,
  signIn,
  type Tokens,
  userinfo,
  walk,
} from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

let database: TestDatabase
let house: House
let ana: SubjectId

beforeAll(async () => {
  database = await createTestDatabase()
  const pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  ana = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  await house?.close()
  await database?.drop()
})

beforeEach(() => {
  house.world.released = {}
  house.world.undecided = false
})

describe('Ana signs in to a client of the house', () => {
  it('gets tokens, and the ID token holds her name for the client and nothing about her', async () => {
    house.world.released = { email: 'ana@example.com' }
    const { tokens, prompts, back } = await signIn(
      house.origin,
      {
        clientId: 'tienda-web',
        scope: 'openid email profile',
        more: { acr_values: 'urn:placet:acr:passkey' },
      },
      { subjectId: ana },
    )
    expect(prompts).toEqual(['login'])
    expect(back.get('iss')).toBe(house.issuer)
    const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1]!, 'base64url').toString())
    expect(claims.sub).toBe(ana)
    expect(claims).not.toHaveProperty('email')
    expect(claims.acr).toBe('urn:placet:acr:passkey')
    const info = await (await userinfo(house.origin, tokens.access_token)).json()
    expect(info).toEqual({ sub: ana, email: 'ana@example.com' })
  })

  it('keeps her signed in: the next authorization needs no page, and the refresh token works once more', async () => {
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const again = await walk(
      house.origin,
      browser,
      authorizeUrl(house.origin, { clientId: 'tienda-web', more: { prompt: 'none' } }, pkce().challenge),
    )
    expect(again.back.get('code')).not.toBeNull()
    const response = await refresh(house.origin, 'tienda-web', tokens.refresh_token!)
    const renewed = (await response.json()) as Tokens
    expect(response.status).toBe(200)
    expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
    expect((await userinfo(house.origin, renewed.access_token)).status).toBe(200)
    expect((await introspect(house.origin, 'tienda-web', renewed.access_token)).body['active']).toBe(true)
  })

  it('is asked an undecided purpose once, during sign-in, and never when she is already in', async () => {
    house.world.undecided = true
    const { prompts, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    expect(prompts).toEqual(['login', 'purposes'])
    const again = await walk(
      house.origin,
      browser,
      authorizeUrl(house.origin, { clientId: 'tienda-web' }, pkce().challenge),
    )
    expect(again.prompts).toEqual([])
  })

  it('is seen by our own pages through the same session', async () => {
    const { browser } = await signIn(
      house.origin,
      { clientId: 'tienda-web' },
      { subjectId: ana, assurance: 'password' },
    )
    const seen = await (await browser.get(`${house.origin}/whoami`)).json()
    expect(seen).toMatchObject({ subjectId: ana, assurance: 'password' })
    expect(await (await openBrowser().get(`${house.origin}/whoami`)).json()).toEqual({})
  })
})
