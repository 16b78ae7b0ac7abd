import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLane, openLanes } from '../../../src/platform/db/lanes.ts'
import { translateDatabaseError } from '../../../src/platform/db/pg-errors.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { namesIn, opened, touchpointWork } from './small-ledger.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const timed = async <T>(act: () => Promise<T>) => {
  const started = performance.now()
  const outcome = await act().then(
    (value) => ({ value }),
    (error: unknown) => ({ error: translateDatabaseError(error) }),
  )
  return { ...outcome, ms: performance.now() - started }
}

describe('when all connections of a lane are taken (P11)', () => {
  test('who waits is told within about two seconds, the other lane goes on, and the lane recovers', async () => {
    const lanes = openLanes(database.appConnection, { login: 2, console: 1 })
    const held = Promise.all([1, 2].map(() => lanes.login.raw('select pg_sleep(4)')))
    await sleep(200)
    const [waiting, console, unit] = await Promise.all([
      timed(() => lanes.login.raw('select 1')),
      timed(() => lanes.console.raw('select 1')),
      timed(() =>
        touchpointWork(lanes.login)(async (tx) => {
          await tx.audit.record(opened('centro'))
        }),
      ),
    ])
    expect(waiting).toMatchObject({ error: { failure: 'unavailable', code: 'database-unavailable' } })
    expect(unit).toMatchObject({ error: { failure: 'unavailable', code: 'database-unavailable' } })
    expect(Math.max(waiting.ms, unit.ms)).toBeLessThan(2_700)
    expect(console).toHaveProperty('value')
    expect(console.ms).toBeLessThan(1_000)
    await held
    expect(await timed(() => lanes.login.raw('select 1'))).toHaveProperty('value')
    await lanes.close()
  })

  test('a unit that asks its own lane for a second connection fails instead of waiting for itself', async () => {
    const lane = openLane(database.appConnection, 'test', 1)
    const nested = await timed(() =>
      touchpointWork(lane)(async (tx) => {
        await tx.touchpoints.add('centro')
        await tx.audit.record(opened('centro'))
        await lane.raw('select 1')
      }),
    )
    expect(nested).toMatchObject({ error: { failure: 'unavailable' } })
    expect(nested.ms).toBeLessThan(2_700)
    expect(await namesIn(lane)).toEqual([])
    await lane.destroy()
  })
})

test('a statement that takes too long is ended by the server, and its caller may come back', async () => {
  const lane = openLane(database.appConnection, 'test', 1, {
    statement_timeout: 100,
    idle_in_transaction_session_timeout: 1_000,
  })
  expect(await timed(() => lane.raw('select pg_sleep(5)'))).toMatchObject({
    error: { failure: 'unavailable', code: 'database-busy' },
  })
  await lane.destroy()
})

test('an operator sees which lane holds which connection', async () => {
  const lanes = openLanes(database.appConnection)
  const { rows } = await lanes.console.raw("select current_setting('application_name') as name")
  expect(rows).toEqual([{ name: 'placet:console' }])
  await lanes.close()
})
