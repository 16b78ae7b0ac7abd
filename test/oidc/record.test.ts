import knexFactory, { type Knex } from 'knex'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appendAuditEntries, readAuditStream } from '../../src/features/audit/index.ts'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { unitOfWork } from '../../src/platform/db/unit-of-work.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, callback, openPool } from './support/arrange.ts'
import { openBrowser } from './support/browser.ts'
import { authorizeUrl, basic, pkce, refresh, signIn, tokenRequest, walk } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'

const ownApi = 'https://id.tienda.example/api'

let database: TestDatabase
let knex: Knex
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
  knex = knexFactory({ client: 'pg', connection: { ...database.appConnection }, pool: { min: 0, max: 2 } })
  const work = unitOfWork(
    knex,
    () => ({}),
    (trx, entries) => appendAuditEntries(trx, entries),
  )
  house = await openHouse(database.appConnection, {
    deps: {
      audit: (entries) =>
        work(async (tx) => {
          for (const entry of entries) await tx.audit.record(entry)
        }),
      defaultResource: ownApi,
      findResource: (indicator, clientId) =>
        indicator === ownApi && clientId === 'crm'
          ? { indicator, scopes: ['profiles:read'], consentGated: true, introspectors: [] }
          : undefined,
    },
  })
})

afterAll(async () => {
  await house?.close()
  await knex?.destroy()
  await database?.drop()
})

const actionsOf = async (subjectId: SubjectId) => {
  const { lines, verdict } = await readAuditStream(knex, subjectId)
  expect(verdict.intact).toBe(true)
  return lines.map((line) => line.entry['action'])
}

describe('what the engine did', () => {
  it('is in the person’s chain of the audit trail: sign-in, authorization, refusal, theft, sign-out', async () => {
    const { tokens, browser } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    await refresh(house.origin, 'tienda-web', tokens.refresh_token!)
    await refresh(house.origin, 'tienda-web', tokens.refresh_token!)
    const refusal = authorizeUrl(
      house.origin,
      { clientId: 'tienda-web', more: { prompt: 'login' } },
      pkce().challenge,
    )
    await walk(house.origin, browser, refusal, { subjectId: ana, aborts: true })
    const page = await browser.get(`${house.origin}/oidc/session/end`)
    const xsrf = /name="xsrf" value="([^"]*)"/.exec(await page.text())?.[1] ?? ''
    await browser.post(
      `${house.origin}/oidc/session/end/confirm`,
      new URLSearchParams({ xsrf, logout: 'yes' }),
    )
    await expect
      .poll(() => actionsOf(ana))
      .toEqual([
        'oidc.session-started',
        'oidc.authorized',
        'oidc.reuse-detected',
        'oidc.grant-revoked',
        'oidc.refused',
        'oidc.grant-revoked',
        'oidc.signed-out',
      ])
    expect(house.counted).toContainEqual({ grant: 'refresh_token', outcome: 'reused' })
    expect(house.counted).toContainEqual({ grant: 'authorization_code', outcome: 'issued' })
  })
})

describe('what the engine counts', () => {
  it('is true when many redeem one code at once: one token issued, and none for those who came too late', async () => {
    const { verifier, challenge } = pkce()
    const start = authorizeUrl(house.origin, { clientId: 'tienda-web' }, challenge)
    const arrival = await walk(house.origin, openBrowser(), start, { subjectId: ana })
    house.counted.length = 0
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        tokenRequest(house.origin, 'tienda-web', {
          grant_type: 'authorization_code',
          code: arrival.back.get('code') ?? '',
          code_verifier: verifier,
          redirect_uri: callback,
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const outcomes = house.counted.map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'issued')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'reused').length).toBeGreaterThan(0)
    expect(outcomes).toHaveLength(20)
  })
})

describe('a client that acts for itself', () => {
  it('gets an opaque token for our own API, with the scopes it may have there and no other (R20)', async () => {
    const ask = (scope: string) =>
      fetch(`${house.origin}/oidc/token`, {
        method: 'POST',
        headers: { authorization: basic('crm') },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
      })
    const { access_token } = (await (await ask('profiles:read profiles:write')).json()) as {
      access_token: string
    }
    const seen = await fetch(`${house.origin}/bearer`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    expect(await seen.json()).toEqual({
      byAgent: false,
      clientId: 'crm',
      scopes: ['profiles:read'],
      audience: ownApi,
    })
  })
})

describe('a shared computer', () => {
  it('keeps a session only while the browser is open, when the person said so', async () => {
    const ends = async (remember: boolean) => {
      const browser = openBrowser()
      const start = await browser.get(
        authorizeUrl(house.origin, { clientId: 'tienda-web' }, pkce().challenge),
      )
      const page = start.headers.get('location')!
      const posted = await browser.post(`${page}/login`, JSON.stringify({ subjectId: ana, remember }))
      const resumed = await browser.get(posted.headers.get('location')!)
      return resumed.headers.getSetCookie().find((cookie) => cookie.startsWith('placet_session='))
    }
    expect(await ends(true)).toMatch(/expires=/i)
    expect(await ends(false)).not.toMatch(/expires=/i)
  })
})

describe('what a person can be told about this room', () => {
  it('is where they are signed in and whom they allowed', async () => {
    const data = await house.oidc.personalData.exportData(ana)
    expect(Object.keys(data)).toEqual(['oidc_sessions', 'oidc_authorizations', 'oidc_call_blocks'])
    expect(data['oidc_sessions']!.length).toBeGreaterThanOrEqual(1)
  })
})
