import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import {
  authorizeUrl,
  basic,
  introspect,
  pkce,
  refresh,
  signIn,
  tokenRequest,
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
  await arrangeClient(pool, {
    clientId: 'crm',
    metadata: { grant_types: ['client_credentials'], redirect_uris: [] },
  })
  ana = await arrangeSubject(pool)
  await pool.end()
  house = await openHouse(database.appConnection)
})

afterAll(async () => {
  await house?.close()
  await database?.drop()
})

async function statementsOf(act: () => Promise<unknown>): Promise<readonly string[]> {
  house.roundTrips.length = 0
  await act()
  return [...house.roundTrips]
}

const web = { clientId: 'tienda-web', scope: 'openid email' }

describe('round trips to PostgreSQL stay within their budgets', () => {
  it('a refresh takes one read and one write', async () => {
    const { tokens } = await signIn(house.origin, web, { subjectId: ana })
    const statements = await statementsOf(async () => {
      expect((await refresh(house.origin, 'tienda-web', tokens.refresh_token!)).status).toBe(200)
    })
    expect(statements).toEqual(['oidc_token', 'oidc_write'])
  })

  it('an authorization of someone signed in takes two, and redeeming its code two', async () => {
    const { browser } = await signIn(house.origin, web, { subjectId: ana })
    const { verifier, challenge } = pkce()
    let code = ''
    const authorize = await statementsOf(async () => {
      const arrival = await walk(house.origin, browser, authorizeUrl(house.origin, web, challenge))
      code = arrival.back.get('code') ?? ''
    })
    expect(authorize).toEqual(['oidc_entry', 'oidc_write'])
    const redeem = await statementsOf(() =>
      tokenRequest(house.origin, 'tienda-web', {
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: callback,
      }),
    )
    expect(redeem).toEqual(['oidc_token', 'oidc_write'])
  })

  it('an authorization with a pushed request takes two as well', async () => {
    const { browser } = await signIn(house.origin, web, { subjectId: ana })
    const { challenge } = pkce()
    const query = new URL(authorizeUrl(house.origin, web, challenge)).searchParams
    let requestUri = ''
    const push = await statementsOf(async () => {
      const response = await fetch(`${house.origin}/oidc/request`, {
        method: 'POST',
        headers: { authorization: basic('tienda-web') },
        body: query,
      })
      requestUri = ((await response.json()) as { request_uri: string }).request_uri
    })
    expect(push).toEqual(['oidc_write'])
    const authorize = await statementsOf(async () => {
      const url = `${house.origin}/oidc/auth?${new URLSearchParams({ client_id: 'tienda-web', request_uri: requestUri })}`
      const arrival = await walk(house.origin, browser, url)
      expect(arrival.back.get('code')).not.toBeNull()
    })
    expect(authorize).toEqual(['oidc_entry', 'oidc_write'])
  })

  it('userinfo and introspection take one read each', async () => {
    const { tokens } = await signIn(house.origin, web, { subjectId: ana })
    const info = await statementsOf(() => userinfo(house.origin, tokens.access_token))
    expect(info).toEqual(['oidc_token'])
    const active = await statementsOf(() => introspect(house.origin, 'tienda-web', tokens.access_token))
    expect(active).toEqual(['oidc_token'])
    const unknown = await statementsOf(() =>
      introspect(house.origin, 'tienda-web', 'nobody-ever-issued-this'),
    )
    expect(unknown).toEqual(['oidc_token'])
  })

  it('a token for a client acting for itself takes one write', async () => {
    const statements = await statementsOf(async () => {
      const response = await tokenRequest(house.origin, 'crm', { grant_type: 'client_credentials' })
      expect(response.status).toBe(200)
    })
    expect(statements).toEqual(['oidc_write'])
  })

  it('a whole sign-in takes six, which leaves three for proving who it is', async () => {
    const statements = await statementsOf(() => signIn(house.origin, web, { subjectId: ana }, openBrowser()))
    expect(statements).toEqual([
      'oidc_write', // the request is kept while the person signs in; its page is told by the browser what it is about
      'oidc_interaction_answer', // the page leaves the person there
      'oidc_entry', // the browser comes back
      'oidc_write', // session, grant and code
      'oidc_token', // the client redeems the code
      'oidc_write',
    ])
  })
})
