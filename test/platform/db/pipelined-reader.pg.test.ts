import type { Knex } from 'knex'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { openPipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { layWire } from './wire.ts'

let database: TestDatabase
let owner: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  owner = openLane(database.connection, 'look', 1)
})
afterAll(async () => {
  await owner.destroy()
  await database.drop()
})

const double = { name: 'double', text: 'select $1::int * 2' }
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

test('a thousand reads in flight on two connections each get their own rows', async () => {
  const reader = openPipelinedReader(database.appConnection, 'many')
  const answers = await Promise.all(numbers(1_000).map((n) => reader.rows(double, [n])))
  expect(answers).toEqual(numbers(1_000).map((n) => [[n * 2]]))
  const { rows } = await owner.raw(
    "select count(*)::int from pg_stat_activity where application_name = 'placet:many'",
  )
  expect(rows).toEqual([{ count: 2 }])
  await reader.close()
})

test('a read that fails takes nobody else along', async () => {
  const reader = openPipelinedReader(database.appConnection, 'one-bad', 1)
  const divide = { name: 'divide', text: 'select 10 / $1::int' }
  const outcomes = await Promise.allSettled([5, 0, 2, 0, 1].map((n) => reader.rows(divide, [n])))
  expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value[0]?.[0] : one.reason.code))).toEqual([
    2,
    '22012',
    5,
    '22012',
    10,
  ])
  await reader.close()
})

test('connections the server ends are replaced, and no reader notices', async () => {
  const reader = openPipelinedReader(database.appConnection, 'killed')
  await Promise.all(numbers(4).map((n) => reader.rows(double, [n])))
  for (let round = 0; round < 5; round += 1) {
    const reads = numbers(50).map((n) => reader.rows(double, [n]))
    await owner.raw(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'placet:killed'",
    )
    expect(await Promise.all(reads)).toHaveLength(50)
  }
  expect(await reader.rows(double, [21])).toEqual([[42]])
  await reader.close()
})

test('a network that answers nothing is given up in time, and used again when it answers', async () => {
  const wire = await layWire(database.appConnection)
  const deadlines = { connectMs: 300, answerMs: 300 }
  const reader = openPipelinedReader(wire.connection, 'silent', 2, () => {}, deadlines)
  await Promise.all(numbers(4).map((n) => reader.rows(double, [n])))
  wire.silence(true)
  const started = performance.now()
  const outcomes = await Promise.allSettled(numbers(20).map((n) => reader.rows(double, [n])))
  expect(performance.now() - started).toBeLessThan(1_500)
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { failure: 'unavailable' } })
  }
  wire.silence(false)
  await expect.poll(() => reader.rows(double, [21])).toEqual([[42]])
  await reader.close()
  await wire.remove()
})

test('after closing it answers nothing and opens nothing', async () => {
  const reader = openPipelinedReader(database.appConnection, 'closed')
  await reader.rows(double, [1])
  await reader.close()
  await expect(reader.rows(double, [1])).rejects.toMatchObject({ code: 'shutting-down' })
})
