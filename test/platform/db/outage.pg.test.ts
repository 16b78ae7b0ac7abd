import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Lanes, openLanes } from '../../../src/platform/db/lanes.ts'
import { migrateToLatest } from '../../../src/platform/db/migrate.ts'
import { translateDatabaseError } from '../../../src/platform/db/pg-errors.ts'
import { openPipelinedReader, type PipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { openSharedPool } from '../../../src/platform/db/pool.ts'
import { runShared, type StatementPart, textOf } from '../../../src/platform/db/shared-statement.ts'
import { json, page } from '../../../src/platform/web/answer.ts'
import { defineRoute } from '../../../src/platform/web/define-route.ts'
import { type House, openHouse } from '../web/small-house.ts'
import { startOwnCluster } from './own-cluster.ts'
import { namesIn, opened, touchpointWork } from './small-ledger.ts'
import { standbyOf } from './stalled-standby.ts'

let cluster: Awaited<ReturnType<typeof startOwnCluster>>
let lanes: Lanes
let reader: PipelinedReader
let house: House
let stores = 0
let standby: ReturnType<typeof standbyOf>

const readRoute = () =>
  defineRoute({
    name: 'read',
    method: 'GET',
    path: '/read',
    caller: { who: 'anyone' },
    answers: [200],
    handle: async () =>
      json(await reader.rows({ name: 'one', text: 'select count(*)::int from purposes' }, [])),
  })
const writeRoute = (work: ReturnType<typeof touchpointWork>) =>
  defineRoute({
    name: 'write',
    method: 'POST',
    path: '/write',
    caller: { who: 'anyone' },
    answers: [200],
    handle: async () => {
      await work(async (tx) => {
        stores += 1
        await tx.touchpoints.add(`store-${stores}`)
        await tx.audit.record(opened('centro'))
      })
      return page('saved')
    },
  })
const listRoute = (knex: Knex) =>
  defineRoute({
    name: 'list',
    method: 'GET',
    path: '/list',
    caller: { who: 'anyone' },
    answers: [200],
    handle: async () => json(await knex('touchpoints').count()),
  })

beforeAll(async () => {
  cluster = await startOwnCluster()
  await migrateToLatest(cluster.owner)
  standby = standbyOf(cluster.owner)
  lanes = openLanes(cluster.app, { login: 4, console: 2 })
  reader = openPipelinedReader(cluster.app, 'reads')
  house = await openHouse({
    routes: [
      readRoute(),
      writeRoute(touchpointWork(lanes.login, { commitDeadlineMs: 500 })),
      listRoute(lanes.console),
    ],
  })
})
afterAll(async () => {
  await house.server.close(100)
  await reader.close()
  await lanes.close()
  await cluster.remove()
})

const asPerson = { accept: 'text/html' }
const everyRoute = (headers: Record<string, string> = {}) =>
  Promise.all([
    house.send('/read', { headers }),
    house.post('/write', '', headers),
    house.send('/list', { headers }),
  ])
const timed = async <T>(act: () => Promise<T>) => {
  const started = performance.now()
  return { result: await act(), ms: performance.now() - started }
}

describe('while PostgreSQL is stopped (P10)', () => {
  test('every page says so at once with 503 and when to come back, and all work again as soon as it is back', async () => {
    expect((await everyRoute()).map(({ status }) => status)).toEqual([200, 200, 200])
    await cluster.stop()

    const { result: first, ms } = await timed(() => everyRoute())
    expect(ms).toBeLessThan(2_500)
    for (const answer of first) {
      expect([answer.status, answer.headers['content-type']]).toEqual([503, 'application/problem+json'])
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'database-unavailable', status: 503 })
      expect(answer.headers['retry-after']).toBe('5')
      expect(answer.text).not.toMatch(/ECONN|ENOENT|socket|\/tmp/)
    }
    const people = await everyRoute(asPerson)
    for (const answer of people) {
      expect([answer.status, answer.text]).toEqual([503, '<h1>database-unavailable</h1>'])
      expect(answer.headers['retry-after']).toBe('5')
    }
    const { result: crowd, ms: crowdMs } = await timed(() =>
      Promise.all(Array.from({ length: 60 }, () => everyRoute())),
    )
    expect(new Set(crowd.flat().map(({ status }) => status))).toEqual(new Set([503]))
    expect(crowdMs).toBeLessThan(4_000)

    await cluster.start()
    const { ms: back } = await timed(async () => {
      for (let good = 0; good < 3; ) {
        const answers = await everyRoute()
        good = answers.every(({ status }) => status === 200) ? good + 1 : 0
        if (good === 0) await sleep(50)
      }
    })
    expect(back).toBeLessThan(5_000)
  })

  test('a static page and a page that does not exist are answered all the same', async () => {
    await cluster.stop()
    expect((await house.send('/nowhere')).status).toBe(404)
    await cluster.start()
  })
})

describe('while the synchronous standby stalls (P4)', () => {
  const write = () =>
    touchpointWork(lanes.login, { commitDeadlineMs: 10_000 })(async (tx) => {
      stores += 1
      await tx.touchpoints.add(`store-${stores}`)
      await tx.audit.record(opened('centro'))
    })

  test('a write is answered 503 outcome unknown in time, and reads go on', async () => {
    await standby.stalls()
    const { result, ms } = await timed(() => house.post('/write', ''))
    expect([result.status, JSON.parse(result.text).code]).toEqual([503, 'outcome-unknown'])
    expect(JSON.parse(result.text).detail).toContain('same Idempotency-Key')
    expect(ms).toBeLessThan(2_000)
    expect(await standby.waiting()).toHaveLength(1)
    expect((await house.send('/read')).status).toBe(200)
    await standby.answers()
    expect((await house.post('/write', '')).status).toBe(200)
  })

  test('a wait that somebody cancels is not reported as success, although PostgreSQL does', async () => {
    await standby.stalls()
    const outcome = write().then(
      () => 'success',
      (error) => error.code,
    )
    await expect.poll(async () => (await standby.waiting()).length).toBe(1)
    await standby.cancelWaits()
    expect(await outcome).toBe('outcome-unknown')
    await standby.answers()
    expect(translateDatabaseError(await write())).toBeUndefined()
  })

  /** Opens one store for each row, and keeps them all. */
  const opening: StatementPart<string> = {
    columns: { name: 'text' },
    valuesOf: (name) => [name],
    members: `kept as (
      insert into touchpoints (touchpoint_id, kind, name) select name, 'store', name from given
      returning (select subject_id from given where given.name = touchpoints.name)
    )`,
  }
  const statement = { name: 'open_stores', text: textOf([opening], (position) => `$${position}`) }
  const open = (pool: pg.Pool, name: string) =>
    runShared(pool, statement, [{ subjectId: randomUUID(), values: [opening.valuesOf(name)] }]).then(
      ([kept]) => kept,
      (error: unknown) => (translateDatabaseError(error) as { code: string }).code,
    )

  test('a statement with a commit of its own is bound to the same', async () => {
    const pool = openSharedPool(cluster.app, () => {})
    expect(await open(pool, 'sure')).toBe(true)
    await standby.stalls()
    const cancelled = open(pool, 'cancelled')
    await expect.poll(async () => (await standby.waiting()).length).toBe(1)
    await standby.cancelWaits()
    expect(await cancelled).toBe('outcome-unknown')
    const { result, ms } = await timed(() => open(pool, 'late'))
    expect(result).toBe('outcome-unknown')
    expect(ms).toBeLessThan(5_000)
    await standby.answers()
    expect(await open(pool, 'afterwards')).toBe(true)
    await pool.end()
  }, 20_000)

  test('such statements hold up no more connections than their pool has, and whoever comes then writes nothing', async () => {
    const pool = openSharedPool(cluster.app, () => {})
    await standby.stalls()
    const held = Array.from({ length: 4 }, (_, number) => open(pool, `held-${number}`))
    await expect.poll(async () => (await standby.waiting()).length).toBe(4)
    expect(await open(pool, 'fifth')).toBe('database-unavailable')
    expect(await Promise.all(held)).toEqual(Array(4).fill('outcome-unknown'))
    expect(await standby.waiting()).toHaveLength(4)
    await standby.answers()
    expect(await open(pool, 'sixth')).toBe(true)
    const names = await namesIn(lanes.console)
    expect(names).toEqual(expect.arrayContaining(['held-0', 'held-3', 'sixth']))
    expect(names).not.toContain('fifth')
    await pool.end()
  }, 20_000)
})
