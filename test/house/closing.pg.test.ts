import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compose } from '../../src/compose.ts'
import { loadConfig, publishedSecret } from '../../src/platform/config/index.ts'
import { openLane } from '../../src/platform/db/lanes.ts'
import { silentLog } from '../../src/platform/log/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const configWith = (more: Record<string, string> = {}) =>
  loadConfig(
    {
      NODE_ENV: 'test',
      PLACET_ISSUER: 'http://localhost:3000',
      PLACET_KEK: publishedSecret('placet test kek'),
      PLACET_SECRET: publishedSecret('placet test secret'),
      ...more,
    },
    'demo',
  )
const open = (more: Record<string, string> = {}, channels?: () => never) =>
  compose(configWith(more), database.appConnection, {
    log: silentLog,
    ...(channels === undefined ? {} : { channels }),
  })

/** Connections of the house, by lane. */
async function connections(): Promise<readonly string[]> {
  const lane = openLane(database.connection, 'looking', 1)
  const { rows } = await lane.raw(
    `select application_name as name from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await lane.destroy()
  return rows.map(({ name }: { name: string }) => name)
}

it('a house that closes leaves no connection behind, and may be told so twice', async () => {
  const house = await open()
  expect((await connections()).length).toBeGreaterThan(0)
  await Promise.all([house.close(), house.close()])
  await expect.poll(connections).toEqual([])
})

const another = randomBytes(32).toString('base64')
const faults: readonly [why: string, opening: () => Promise<unknown>][] = [
  ['another master secret', () => open({ PLACET_SECRET: another })],
  ['a key-encryption key that opens nothing', () => open({ PLACET_KEK: another })],
  [
    'a channel that cannot be built',
    () =>
      open({}, () => {
        throw new Error('no such channel')
      }),
  ],
]
it.each(faults)('one that stops half-way because of %s leaves none either', async (_, opening) => {
  await expect(opening()).rejects.toThrow()
  await expect.poll(connections).toEqual([])
})
