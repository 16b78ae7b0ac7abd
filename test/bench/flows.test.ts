import knexFactory from 'knex'
import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { startBareProvider } from '../../bench/floor/bare-provider.ts'
import { prepareGroupCommit } from '../../bench/floor/group-commit.ts'
import { startKoaHello } from '../../bench/floor/koa-hello.ts'
import { preparePointReads } from '../../bench/floor/point-reads.ts'
import { formsOf, refreshOf } from '../../bench/generator/html-form.ts'
import { openHttp } from '../../bench/generator/http.ts'
import { runLoad } from '../../bench/load/load.ts'
import { openPostgresMeter } from '../../bench/meters/postgres-meter.ts'
import { countRoundTrips } from '../../bench/meters/round-trips.ts'
import { scenarios } from '../../bench/scenarios.ts'
import { openPipelinedReader } from '../../src/platform/db/pipelined-reader.ts'
import { createTestDatabase } from '../support/postgres.ts'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

const database = async () => {
  const made = await createTestDatabase()
  open.push(() => made.drop())
  return made.connection
}

describe('what asks for a round trip', () => {
  test('statements sent together are one, one after the other are each one', async () => {
    const reader = openPipelinedReader(await database(), 'bench', 2)
    open.push(() => reader.close())
    const one = { name: 'one', text: 'select 1' }
    await reader.rows(one, [])
    await reader.rows(one, [])

    const together = countRoundTrips()
    await Promise.all([reader.rows(one, []), reader.rows(one, []), reader.rows(one, [])])
    expect(together.stop()).toEqual({ roundTrips: 1, statements: 3 })

    const inTurn = countRoundTrips()
    await reader.rows(one, [])
    await Promise.all([reader.rows(one, []), reader.rows(one, [])])
    expect(inTurn.stop()).toEqual({ roundTrips: 2, statements: 3 })
  })

  test('a transaction of the query builder pays for its begin and its commit', async () => {
    const connection = await database()
    const knex = knexFactory({ client: 'pg', connection: { ...connection } })
    open.push(() => knex.destroy())
    await knex.raw('select 1')
    const counting = countRoundTrips()
    await knex.transaction(async (trx) => {
      await trx.raw('select 1')
      await trx.raw('select 2')
    })
    expect(counting.stop()).toEqual({ roundTrips: 4, statements: 4 })
  })

  test('nothing is counted once the counting has ended', async () => {
    const connection = await database()
    const query = pg.Client.prototype.query
    const counting = countRoundTrips()
    counting.stop()
    expect(pg.Client.prototype.query).toBe(query)
    const client = new pg.Client({ ...connection })
    await client.connect()
    await client.query('select 1')
    await client.end()
    expect(counting.stop()).toEqual({ roundTrips: 0, statements: 0 })
  })
})

test('the meter sees what was written, in bytes and in transactions', async () => {
  const connection = await database()
  const meter = await openPostgresMeter(connection, [connection])
  open.push(() => meter.close())
  const client = new pg.Client({ ...connection })
  await client.connect()
  open.push(() => client.end())
  await client.query('create table written (id int)')
  await meter.settle()
  const before = await meter.read()
  for (let id = 0; id < 5; id += 1) await client.query('insert into written values ($1)', [id])
  const after = await meter.read()
  expect(after.writes - before.writes).toBeGreaterThanOrEqual(5)
  expect(after.walBytes - before.walBytes).toBeGreaterThan(5 * 30)
  if (process.platform === 'linux')
    expect(after.cpuMicroseconds).toBeGreaterThanOrEqual(before.cpuMicroseconds ?? 0)
})

test('a page is read as a browser would send it back untouched', () => {
  const html = `<form method="get" action="/other"><input name="q"></form>
    <form method="post" action="/sign-in?a=1&amp;b=2">
      <input type="hidden" name="_csrf" value="t&quot;k"><input type="email" name="email" required>
      <input type="checkbox" name="agree" value="yes"><input type="checkbox" name="kept" value="yes" checked>
      <button name="way" value="mail">Mail</button></form>`
  expect(formsOf(html)[1]).toEqual({
    action: '/sign-in?a=1&b=2',
    fields: { _csrf: 't"k', email: '', kept: 'yes' },
  })
  expect(
    refreshOf('<meta http-equiv="refresh" content="0; url=https://shop.example/?code=1&amp;state=2">'),
  ).toBe('https://shop.example/?code=1&state=2')
  expect(refreshOf('<p>nothing</p>')).toBeUndefined()
})

describe('the floor answers every flow rightly', () => {
  const overHttp = scenarios.filter(({ floor }) => floor?.where === 'client')

  test.each(overHttp.map(({ id, floor }) => ({ id, floor })))('$id', async ({ floor }) => {
    if (floor?.where !== 'client') throw new Error('not over HTTP')
    const hello = await startKoaHello()
    const provider = await startBareProvider()
    open.push(
      () => provider.close(),
      () => hello.close(),
    )
    const target = provider.target(8, hello.origin)
    const http = openHttp(floor.server === 'hello' ? hello.origin : target.issuer, 4)
    open.push(() => http.close())
    const prepared = await floor.prepare({ http, target, connections: 4 })
    const inTurn = await runLoad(prepared.operate, { kind: 'one-by-one', operations: 10 })
    expect(inTurn).toMatchObject({ operations: 10, errors: 0, firstError: undefined })
    const together = await Promise.allSettled(Array.from({ length: 12 }, prepared.operate))
    expect(together.map(({ status }) => status)).toEqual(Array(12).fill('fulfilled'))
    await prepared.close?.()
  })

  test('a password sign-in walks through the pages of a house it does not know', async () => {
    const signIn = scenarios.find(({ id }) => id === 'S4')
    if (signIn?.house.where !== 'client') throw new Error('not over HTTP')
    const provider = await startBareProvider()
    open.push(() => provider.close())
    const target = provider.target(3, '')
    const http = openHttp(target.issuer, 2)
    open.push(() => http.close())
    const { operate } = await signIn.house.prepare({ http, target, connections: 2 })
    expect(await runLoad(operate, { kind: 'one-by-one', operations: 4 })).toMatchObject({
      operations: 4,
      errors: 0,
    })
  })
})

describe('the floors without HTTP do what they say', () => {
  test('a batch of point reads is one round trip', async () => {
    const prepared = await preparePointReads({ database: await database() }, 10)
    open.push(() => prepared.close?.())
    await prepared.operate()
    const counting = countRoundTrips()
    await prepared.operate()
    expect(counting.stop()).toEqual({ roundTrips: 1, statements: 10 })
  })

  test('a group commit writes ledger, current state and outbox of everybody who waited in few commits', async () => {
    const connection = await database()
    const prepared = await prepareGroupCommit({ database: connection })
    open.push(() => prepared.close?.())
    const counting = countRoundTrips()
    await Promise.all(Array.from({ length: 50 }, prepared.operate))
    expect(counting.stop().statements).toBeLessThanOrEqual(2)
    const client = new pg.Client({ ...connection })
    await client.connect()
    open.push(() => client.end())
    const { rows } = await client.query(`select (select count(*)::int from commits_ledger) as ledger,
      (select count(*)::int from commits_current) as current, (select count(*)::int from commits_outbox) as outbox`)
    expect(rows).toEqual([{ ledger: 50, current: 50, outbox: 50 }])
  })
})
