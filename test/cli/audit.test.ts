import type { Knex } from 'knex'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appendAuditEntries } from '../../src/features/audit/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { environment, placet, urlOf } from './run-placet.ts'

let database: TestDatabase
let owner: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  owner = openLane(database.connection, 'test', 2)
})
afterAll(async () => {
  await owner.destroy()
  await database.drop()
})

const streams = 620
beforeEach(async () => {
  await owner.raw('truncate audit_entries, audit_streams')
  const entries = Array.from({ length: streams }, (_, index) => ({
    action: 'client.changed',
    actor: { kind: 'system', name: 'test' } as const,
    at: new Date('2026-11-22T10:00:00Z'),
    about: `client:${index}`,
  }))
  await owner.transaction((trx) => appendAuditEntries(trx, [...entries, ...entries, ...entries.slice(0, 5)]))
})

const verify = () =>
  placet(['audit', 'verify', '--json'], {
    env: { ...environment, DATABASE_URL: urlOf(database.appConnection) },
  })

test('an untouched trail is intact, however many streams it has, and reading is all it takes (R100)', async () => {
  const answer = await verify()
  expect(answer.code).toBe(0)
  expect(answer.json()).toEqual({ intact: true, streams, entries: streams * 2 + 5, broken: [] })
})

const one = 'stream_id = (select stream_id from audit_entries where seq = 3 order by stream_id limit 1)'
test.each([
  [
    'a changed entry',
    `update audit_entries set entry = replace(entry, 'client', 'Client') where seq = 2 and ${one}`,
    { brokenAt: 2, why: 'changed' },
  ],
  ['a missing entry', `delete from audit_entries where seq = 2 and ${one}`, { brokenAt: 2, why: 'gap' }],
  ['a cut tail', `delete from audit_entries where seq = 3 and ${one}`, { brokenAt: 3, why: 'truncated' }],
  ['a missing head', `delete from audit_streams where ${one}`, { why: 'truncated' }],
  [
    'a stream without its entries',
    `delete from audit_entries where ${one}`,
    { brokenAt: 1, why: 'truncated' },
  ],
])('%s is found, named and exits 1 (R100)', async (_, harm, expected) => {
  await owner.raw(harm)
  const answer = await verify()
  expect(answer.code).toBe(1)
  expect(answer.json()).toMatchObject({ intact: false, streams, broken: [expected] })
})
