import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPgLimiter, type PgLimiterOptions } from '../../src/platform/limits/pg-limiter.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let pool: pg.Pool
let now: Date
const key = randomBytes(32)
const clock = { now: () => now }

beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ ...database.appConnection, max: 10 })
})

afterAll(async () => {
  await pool.end()
  await database.drop()
})

beforeEach(async () => {
  now = new Date('2026-11-22T10:00:00Z')
  await pool.query('delete from rate_limits')
})

const limiter = (more: Partial<PgLimiterOptions> = {}) =>
  createPgLimiter({
    db: pool,
    key,
    clock,
    onFallback: (error) => {
      throw error
    },
    ...more,
  })

const passed = (answers: PromiseSettledResult<void>[]) =>
  answers.filter(({ status }) => status === 'fulfilled').length

/** A second application process, held at the start line until told to go. */
function otherProcess(tries: number) {
  const script = fileURLToPath(new URL('./limits/try-in-parallel.ts', import.meta.url))
  const task = { connection: database.appConnection, key: key.toString('hex'), now, tries }
  const child = spawn(process.execPath, [script, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => String((await lines.next()).value)
  return {
    ready: next,
    go: () => child.stdin.write('go\n'),
    passed: async () => Number((await next()).split(' ')[1]),
  }
}

describe('the limiter', () => {
  it('lets no more than ten of a hundred parallel tries through, over two processes (R64)', async () => {
    const other = otherProcess(50)
    expect(await other.ready()).toBe('ready')
    other.go()
    const here = await Promise.allSettled(
      Array.from({ length: 50 }, () => limiter().consume('ana', 'sign-in-account')),
    )
    expect(passed(here) + (await other.passed())).toBe(10)
    await expect(
      limiter().consume('ana', 'sign-in-account'),
      'the 101st, right or wrong',
    ).rejects.toMatchObject({
      failure: 'too-many',
      code: 'sign-in-account',
      retryAfterSeconds: 900,
    })
    await limiter().consume('bruno', 'sign-in-account')
  })

  it('takes back what came to something, and a refused try is no more than refused', async () => {
    const one = limiter()
    const burst = (tries: number) =>
      Promise.allSettled(Array.from({ length: tries }, () => one.consume('till', 'till-empty-card')))
    expect(passed(await burst(80))).toBe(60)
    // Twenty were refused, one of the sixty found somebody: one place is free, and no more.
    await one.giveBack('till', 'till-empty-card')
    expect(passed(await burst(5))).toBe(1)
    await Promise.all(Array.from({ length: 90 }, () => one.giveBack('till', 'till-empty-card')))
    expect(passed(await burst(80))).toBe(60)
    now = new Date('2026-11-22T10:10:00Z')
    await one.giveBack('till', 'till-empty-card')
    await one.giveBack('nobody', 'till-empty-card')
    expect(passed(await burst(80))).toBe(60)
  })

  it('counts many that come at once as many, and lets none of them through beyond the limit', async () => {
    const one = limiter()
    for (let sent = 0; sent < 10; sent += 1) await one.consume('till', 'till-told-late', 200)
    await expect(one.consume('till', 'till-told-late')).rejects.toMatchObject({ code: 'till-told-late' })
    for (let sent = 0; sent < 9; sent += 1) await one.consume('other', 'till-told-late', 200)
    await expect(one.consume('other', 'till-told-late', 201)).rejects.toMatchObject({ failure: 'too-many' })
  })

  it('opens again when its window is over, which trying on does not prolong', async () => {
    const one = limiter()
    const burst = () =>
      Promise.allSettled(Array.from({ length: 12 }, () => one.consume('ana', 'sign-in-account')))
    expect(passed(await burst())).toBe(10)
    now = new Date('2026-11-22T10:14:59Z')
    expect(passed(await burst())).toBe(0)
    now = new Date('2026-11-22T10:15:00Z')
    expect(passed(await burst())).toBe(10)
  })

  it('makes the delay grow with persistence, and ends at a hundred in a row until a success (R65)', async () => {
    const one = limiter()
    let through = 0
    const start = now.getTime()
    for (let hour = 0; hour < 24 * 14; hour += 1) {
      now = new Date(start + hour * 3_600_000)
      through += passed(
        await Promise.allSettled(Array.from({ length: 3 }, () => one.consume('ana', 'sign-in-account'))),
      )
    }
    expect(through).toBe(100)
    await one.clear('ana', 'sign-in-account')
    await one.consume('ana', 'sign-in-account')
  })

  it('does not hold refused tries against the long run, so nobody can be locked out for a year by a burst (R66)', async () => {
    const one = limiter()
    const burst = () =>
      Promise.allSettled(Array.from({ length: 200 }, () => one.consume('ana', 'sign-in-account')))
    expect(passed(await burst())).toBe(10)
    now = new Date('2026-11-22T10:20:00Z')
    await one.consume('ana', 'sign-in-account')
    for (let at = 0; at < 10; at += 1) await one.consume('device of ana', 'sign-in-known-device')
  })

  it('keeps nothing that names anybody, and one row a tier', async () => {
    await limiter().consume('ana@example.es', 'sign-in-account')
    const { rows } = await pool.query<{ key: Buffer; points: number }>('select key, points from rate_limits')
    expect(rows).toHaveLength(3)
    expect(rows.every((row) => row.key.byteLength === 32 && row.points === 1)).toBe(true)
    expect(JSON.stringify(rows.map((row) => row.key.toString('latin1')))).not.toContain('ana')
    const elsewhere = limiter({ key: randomBytes(32) })
    await elsewhere.consume('ana@example.es', 'sign-in-account')
    expect((await pool.query('select 1 from rate_limits')).rowCount, 'another key, other counters').toBe(6)
  })

  it('sweeps what is over and nothing else', async () => {
    const one = limiter()
    await one.consume('ana', 'sign-in-account')
    now = new Date('2026-11-22T10:15:00Z')
    await one.sweep()
    expect((await pool.query('select 1 from rate_limits')).rowCount).toBe(2)
  })

  it('counts in memory, more strictly, while the database is away, and says so', async () => {
    const told: unknown[] = []
    const refusals: string[] = []
    const dead = new pg.Pool({
      ...database.appConnection,
      database: 'gone',
      max: 1,
      connectionTimeoutMillis: 500,
    })
    const one = limiter({
      db: dead,
      onFallback: (error) => told.push(error),
      onRefusal: (name) => refusals.push(name),
    })
    const tries = Array.from({ length: 8 }, () => one.consume('ana', 'sign-in-account'))
    expect(passed(await Promise.allSettled(tries))).toBe(5)
    expect(told).toHaveLength(8)
    expect(refusals).toEqual(['sign-in-account', 'sign-in-account', 'sign-in-account'])
    await one.clear('ana', 'sign-in-account')
    await one.consume('ana', 'sign-in-account')
    await dead.end()
  })
})
