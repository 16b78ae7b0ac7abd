import { setTimeout as pause } from 'node:timers/promises'
import { createLocalJWKSet, decodeProtectedHeader, errors, type JSONWebKeySet, jwtVerify } from 'jose'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SubjectId } from '../../src/kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { arrangeClient, arrangeSubject, openPool } from './support/arrange.ts'
import { refresh, signIn, type Tokens } from './support/flow.ts'
import { type House, openHouse } from './support/house.ts'
import { type ServingProcess, serveInProcess } from './support/two-processes.ts'

let database: TestDatabase
let pool: pg.Pool
let house: House
let other: ServingProcess
let ana: SubjectId

const second = 1_000
/** As in production, a day for a second: a key is published for two, signs for three, is remembered for four. */
const rotation = {
  algorithms: ['ES256'] as const,
  activeMs: 3 * second,
  publishLeadMs: 2 * second,
  retireMs: 4 * second,
}
/** What a verifier caches a JWKS for; the lead must be longer. */
const cacheMs = 1 * second

beforeAll(async () => {
  database = await createTestDatabase()
  pool = openPool(database.connection)
  await arrangeClient(pool, { clientId: 'tienda-web' })
  ana = await arrangeSubject(pool)
  house = await openHouse(database.appConnection, { rotation, pollMs: 200 })
  other = await serveInProcess({
    connection: JSON.stringify(database.appConnection),
    issuer: house.issuer,
    rotation: JSON.stringify(rotation),
  })
})

afterAll(async () => {
  await other?.close()
  await house?.close()
  await pool?.end()
  await database?.drop()
})

const fetchJwks = async (origin: string) =>
  (await (await fetch(`${origin}/oidc/jwks`)).json()) as JSONWebKeySet

/** A relying party that believes a JWKS for a second and never asks in between. */
function verifier(origin: string) {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined
  let until = 0
  return async (idToken: string) => {
    if (keys === undefined || performance.now() > until) {
      keys = createLocalJWKSet(await fetchJwks(origin))
      until = performance.now() + cacheMs
    }
    return jwtVerify(idToken, keys, { issuer: house.issuer, audience: 'tienda-web' })
  }
}

describe('signing keys', () => {
  it('are rotated on two processes while everybody goes on verifying: none ever fails (R37, P15)', async () => {
    const { tokens } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const verifiers = [verifier(house.origin), verifier(other.origin)]
    const kids = new Set<string>()
    let refreshToken = tokens.refresh_token!
    let failures = 0
    let verified = 0
    const end = performance.now() + 11 * second
    for (let turn = 0; performance.now() < end; turn += 1) {
      if (turn % 4 === 0) await house.oidc.keys.rotate({ now: new Date() })
      const origin = turn % 2 === 0 ? house.origin : other.origin
      const renewed = (await (await refresh(origin, 'tienda-web', refreshToken)).json()) as Tokens
      refreshToken = renewed.refresh_token!
      kids.add(decodeProtectedHeader(renewed.id_token).kid!)
      for (const verify of verifiers) {
        try {
          await verify(renewed.id_token)
          verified += 1
        } catch (error) {
          if (!(error instanceof errors.JOSEError)) throw error
          failures += 1
        }
      }
      await pause(60)
    }
    expect(failures).toBe(0)
    expect(verified).toBeGreaterThan(50)
    expect(kids.size).toBeGreaterThanOrEqual(3)
    const { rows } = await pool.query('select state, count(*)::int as n from signing_keys group by state')
    expect(Object.fromEntries(rows.map((row) => [row.state, row.n]))).toMatchObject({ active: 1 })
  }, 40_000)

  it('are published without their private half, and lie in the database wrapped (R37)', async () => {
    const { keys } = await fetchJwks(house.origin)
    expect(keys.length).toBeGreaterThanOrEqual(1)
    for (const key of keys) {
      for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(name)
    }
    const { rows } = await pool.query('select public_jwk, wrapped_private_jwk from signing_keys')
    for (const row of rows) {
      expect(row.public_jwk).not.toHaveProperty('d')
      expect(row.wrapped_private_jwk.toString('latin1')).not.toContain('"d"')
    }
  })

  it('that somebody else may have are believed no longer, by either process, and another signs at once (R37)', async () => {
    const { tokens } = await signIn(house.origin, { clientId: 'tienda-web' }, { subjectId: ana })
    const kid = decodeProtectedHeader(tokens.id_token!).kid!
    expect(await house.oidc.keys.replaceLeaked('nobody-has-this')).toBeUndefined()
    const stated = () => house.oidc.statements.sign({ said: 'this' }, 'statement+jwt')
    expect(decodeProtectedHeader(await stated()).kid).toBe(kid)
    const fresh = await house.oidc.keys.replaceLeaked(kid)
    expect((await house.oidc.keys.list()).map((key) => key.kid)).not.toContain(kid)
    for (const { origin } of [house, other]) {
      await expect
        .poll(async () => (await fetchJwks(origin)).keys.map((key) => key.kid), { timeout: 5_000 })
        .not.toContain(kid)
    }
    const renewed = (await (
      await refresh(other.origin, 'tienda-web', tokens.refresh_token!)
    ).json()) as Tokens
    expect(decodeProtectedHeader(renewed.id_token).kid).toBe(fresh)
    await expect(verifier(other.origin)(tokens.id_token!)).rejects.toThrow(errors.JWKSNoMatchingKey)
    await expect(verifier(other.origin)(renewed.id_token)).resolves.toBeDefined()
    // Nor does the house state anything with it any more, though it had the key at hand.
    expect(decodeProtectedHeader(await stated()).kid).toBe(fresh)
  })

  it('that leaked when they no longer sign, or not yet, are withdrawn and the signing one goes on (R37)', async () => {
    const signing = (await house.oidc.keys.list()).find(
      ({ state, algorithm }) => state === 'active' && algorithm === 'ES256',
    )!.kid
    await house.oidc.keys.rotate({ begin: true })
    const waiting = (await house.oidc.keys.list()).find(
      ({ state, algorithm }) => state === 'published' && algorithm === 'ES256',
    )!.kid
    expect(await house.oidc.keys.replaceLeaked(waiting)).toBe(signing)
    const left = await house.oidc.keys.list()
    expect(left.map(({ kid }) => kid)).not.toContain(waiting)
    expect(left.filter(({ state, algorithm }) => state === 'active' && algorithm === 'ES256')).toHaveLength(1)
  })

  it('made by two processes that start at the same moment on an empty table are one, not two', async () => {
    await pool.query('delete from signing_keys')
    await Promise.all([house.oidc.keys.rotate(), house.oidc.keys.rotate(), house.oidc.keys.rotate()])
    const { rows } = await pool.query(`select kid from signing_keys where state = 'active'`)
    expect(rows).toHaveLength(1)
  })
})
