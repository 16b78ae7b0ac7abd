import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  appendOutboxEvents,
  type ChangeFeed,
  type ChangePosition,
  pgChangeFeed,
} from '../../../src/features/delivery/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { openPipelinedReader } from '../../../src/platform/db/pipelined-reader.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

let database: TestDatabase
let lane: ReturnType<typeof openLane>
let reader: ReturnType<typeof openPipelinedReader>
let feed: ChangeFeed
beforeAll(async () => {
  database = await createTestDatabase()
  lane = openLane(database.appConnection, 'feed', 6)
  reader = openPipelinedReader(database.appConnection, 'feed-reads', 1)
  feed = pgChangeFeed(reader)
})
afterAll(async () => {
  await reader.close()
  await lane.destroy()
  await database.drop()
})

const subject = () => systemEntropy.id<'subject'>()
const recorded = (subjectId: SubjectId, type = 'consent.recorded') => ({
  id: systemEntropy.id<'event'>(),
  type,
  version: 1,
  occurredAt: new Date(),
  subjectId,
  payload: {},
})
const tell = (subjectId: SubjectId, type?: string) =>
  lane.transaction((trx) => appendOutboxEvents(trx, [recorded(subjectId, type)]))
/** Until nothing that began before is under way: tests beside this one share the server, and hold the feed back. */
const settled = async () => {
  const { rows } = await lane.raw('select pg_current_xact_id()::text as now')
  while (BigInt((await feed.now()).transaction) <= BigInt(rows[0].now)) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const after = async (position: ChangePosition, limit = 100) => {
  const found = await feed.since(position, limit)
  if (found === undefined) throw new Error('unknown position')
  return found
}

test('what commits late, though it began early, is not passed over (negative control: its number is the lower one)', async () => {
  const [early, late] = [subject(), subject()]
  const start = await feed.now()
  const slow = await lane.transaction()
  await appendOutboxEvents(slow, [recorded(early)])
  await tell(late)
  const meanwhile = await after(start)
  const place = meanwhile.at(-1)?.position ?? start
  await slow.commit()
  const [row] = await lane('outbox_events').where({ subject_id: early })
  const [other] = await lane('outbox_events').where({ subject_id: late })
  expect(BigInt(row.committed_in) < BigInt(other.committed_in)).toBe(true)
  await settled()
  const seen = [...meanwhile, ...(await after(place))].map(({ subjectId }) => subjectId)
  expect(seen).toContain(early)
  expect(seen).toContain(late)
})

test('many writers at once: a reader that keeps asking sees every change, and those of one person in their order', async () => {
  const people = Array.from({ length: 5 }, subject)
  let position = await feed.now()
  let writing = true
  const writers = people.map(async (one, index) => {
    for (let round = 0; round < 12; round += 1) {
      const trx = await lane.transaction()
      await appendOutboxEvents(trx, [recorded(one)])
      await new Promise((resolve) => setTimeout(resolve, (index * 7 + round * 3) % 11))
      await trx.commit()
    }
  })
  const seen: ChangePosition[] = []
  const read = async () => {
    for (const change of await after(position, 7)) {
      seen.push(change.position)
      position = change.position
    }
  }
  const reading = (async () => {
    while (writing) await read()
  })()
  await Promise.all(writers)
  writing = false
  await reading
  await settled()
  for (let round = 0; round < 20; round += 1) await read()
  for (const one of people) {
    expect(seen.filter(({ subjectId }) => subjectId === one).map(({ version }) => version)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
  }
})

test('other kinds of events are no changes of permissions', async () => {
  const position = await feed.now()
  await tell(subject(), 'identity.signed-in')
  const told = subject()
  await tell(told)
  await settled()
  expect((await after(position)).map(({ subjectId }) => subjectId)).toEqual([told])
})

test('a place this database never gave is told to be none', async () => {
  const now = await feed.now()
  expect(await feed.since({ ...now, transaction: '18446744073709551000' }, 1)).toBeUndefined()
})
