import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupWriter } from '../../../src/platform/db/group-writer.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase()
  pool = new pg.Pool({ ...database.connection, max: 4 })
  await pool.query('create table counters (id int primary key, n int not null)')
  await pool.query('insert into counters select id, 0 from generate_series(0, 39) id')
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const addOne = (id: number, client: pg.Pool | pg.PoolClient = pool) =>
  client.query('update counters set n = n + 1 where id = $1', [id])

/** One transaction, row by row in the order given: exactly what deadlocks when two processes order differently. */
const batchOf = async (ids: readonly number[]) => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const id of ids) await addOne(id, client)
    await client.query('commit')
    return ids
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
const shuffled = (ids: readonly number[]) => [...ids].sort(() => Math.random() - 0.5)
const everybody = Array.from({ length: 40 }, (_, id) => id)
const deadlocks = async () => {
  const { rows } = await pool.query(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  )
  return rows[0].deadlocks as number
}

test('writers of two processes never deadlock, because every batch is sorted', async () => {
  const batches: number[] = []
  const open = () =>
    groupWriter<number, number>({
      key: (id) => String(id).padStart(2, '0'),
      cap: 16,
      run: (ids) => {
        batches.push(ids.length)
        return batchOf(ids)
      },
    })
  const processes = [open(), open()]
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(processes.flatMap((one) => shuffled(everybody).map((id) => one.write(id))))
  }
  const { rows } = await pool.query('select distinct n from counters')
  expect(rows).toEqual([{ n: 20 }])
  expect(batches.some((size) => size > 8)).toBe(true)
  expect(await deadlocks()).toBe(0)
})

test('negative control: the same batches unsorted do deadlock', async () => {
  let met = 0
  for (let round = 0; round < 10 && met === 0; round += 1) {
    const outcomes = await Promise.allSettled([batchOf(everybody), batchOf([...everybody].reverse())])
    met += outcomes.filter((one) => one.status === 'rejected' && one.reason.code === '40P01').length
  }
  expect(met).toBeGreaterThan(0)
})
