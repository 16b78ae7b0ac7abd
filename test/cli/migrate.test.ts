import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { environment, placet, urlOf } from './run-placet.ts'

const database = `empty_${process.pid}_${Date.now()}`
const maintain = async (sql: string) => {
  const client = new pg.Client({ ...inject('databaseCluster') })
  await client.connect()
  await client.query(sql)
  await client.end()
}
beforeAll(() => maintain(`create database ${database}`))
afterAll(() => maintain(`drop database ${database} with (force)`))

const env = () => ({ ...environment, DATABASE_OWNER_URL: urlOf({ ...inject('databaseCluster'), database }) })

test('check finds an empty database behind (3), migrate brings it up, and then there is nothing to do', async () => {
  const before = await placet(['migrate', '--check', '--json'], { env: env() })
  expect(before.code).toBe(3)
  const { pending } = before.json()
  expect(pending.length).toBeGreaterThan(5)

  const migrated = await placet(['migrate', '--json'], { env: env() })
  expect(migrated).toMatchObject({ code: 0 })
  expect(migrated.json().applied).toHaveLength(pending.length)

  const after = await placet(['migrate', '--check'], { env: env() })
  expect(after).toMatchObject({ code: 0, out: '✔ No migration is pending.\n' })
  const again = await placet(['migrate'], { env: env() })
  expect(again).toMatchObject({ code: 0, out: 'Nothing to do: the schema is the newest.\n' })
})
