import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { createTestDatabase, type DatabaseCoordinates, type TestDatabase } from './postgres.ts'

const made: TestDatabase[] = []
const create = async () => {
  const database = await createTestDatabase()
  made.push(database)
  return database
}
const ask = async (coordinates: DatabaseCoordinates, sql: string) => {
  const client = new pg.Client({ ...coordinates })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
afterEach(async () => {
  for (const database of made.splice(0)) await database.drop()
})

test('tests get migrated databases of their own, even when they ask at the same time', async () => {
  const databases = await Promise.all([create(), create(), create(), create()])
  for (const { connection } of databases) {
    const [row] = await ask(connection, 'select count(*)::int as applied from placet_migrations')
    expect(row.applied).toBeGreaterThan(0)
  }
  expect(new Set(databases.map(({ connection }) => connection.database)).size).toBe(4)
  await ask(databases[0]!.connection, 'create table only_here (id int)')
  expect(await ask(databases[1]!.connection, "select to_regclass('only_here') as found")).toEqual([
    { found: null },
  ])
})

test('the application role of a test database is no superuser and cannot change the schema', async () => {
  const { appConnection } = await create()
  const [role] = await ask(
    appConnection,
    'select rolname, rolsuper, rolcreatedb from pg_roles where rolname = current_user',
  )
  expect(role).toEqual({ rolname: 'placet_app', rolsuper: false, rolcreatedb: false })
  await expect(ask(appConnection, 'create table public.theirs (id int)')).rejects.toThrow(/permission denied/)
})

test('a dropped test database is gone although somebody was still connected', async () => {
  const database = await createTestDatabase()
  const client = new pg.Client({ ...database.connection })
  client.on('error', () => {})
  await client.connect()
  await database.drop()
  await expect(ask(database.connection, 'select 1')).rejects.toThrow(/does not exist/)
  await client.end().catch(() => {})
})
