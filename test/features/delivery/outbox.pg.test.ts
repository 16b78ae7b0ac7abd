import type { Knex } from 'knex'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { appendOutboxEvents, laneCount, laneOf } from '../../../src/features/delivery/index.ts'
import type { EventId, SubjectId } from '../../../src/kernel/ids.ts'
import { systemEntropy } from '../../../src/platform/crypto/index.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

const ana = '0198c0de-0000-7000-8000-00000000a0a0' as SubjectId
const bruno = '0198c0de-0000-7000-8000-00000000b0b0' as SubjectId

let database: TestDatabase
let app: Knex
let owner: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  app = openLane(database.appConnection, 'app', 8)
  owner = openLane(database.connection, 'owner', 2)
  await owner.raw('create table naive (id bigserial primary key, name text not null)')
  await owner.raw('grant all on naive, naive_id_seq to placet_app')
})
beforeEach(() => owner.raw('truncate outbox_events, outbox_streams, naive restart identity'))
afterAll(async () => {
  await app.destroy()
  await owner.destroy()
  await database.drop()
})

const event = (type: string, subjectId?: SubjectId) => ({
  id: systemEntropy.id<'event'>() as EventId,
  type,
  version: 1,
  occurredAt: new Date('2026-11-22T12:00:00Z'),
  payload: { n: 1 },
  ...(subjectId === undefined ? {} : { subjectId }),
})
const kept = async (subjectId: string): Promise<readonly [number, string][]> =>
  (await owner('outbox_events').where({ subject_id: subjectId }).orderBy('subject_version')).map((row) => [
    Number(row.subject_version),
    row.type,
  ])
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the outbox', () => {
  test('numbers the events of each subject from one, without gaps, in the order they were said', async () => {
    await appendOutboxEvents(app, [event('b1', bruno), event('a1', ana), event('a2', ana), event('house')])
    await appendOutboxEvents(app, [event('a3', ana)])
    expect(await kept(ana)).toEqual([
      [1, 'a1'],
      [2, 'a2'],
      [3, 'a3'],
    ])
    expect(await kept(bruno)).toEqual([[1, 'b1']])
    expect(await kept('00000000-0000-0000-0000-000000000000')).toEqual([[1, 'house']])
  })

  test('a rolled back event leaves no hole', async () => {
    const lost = app.transaction(async (trx) => {
      await appendOutboxEvents(trx, [event('lost', ana)])
      throw new Error('back')
    })
    await expect(lost).rejects.toThrow('back')
    await appendOutboxEvents(app, [event('kept', ana)])
    expect(await kept(ana)).toEqual([[1, 'kept']])
  })

  test('versions are the order of commits, however slow a transaction is', async () => {
    const committed: string[] = []
    const say = (name: string, slowness: number) =>
      app
        .transaction(async (trx) => {
          await appendOutboxEvents(trx, [event(name, ana)])
          await wait(slowness)
        })
        .then(() => void committed.push(name))
    await Promise.all(Array.from({ length: 12 }, (_, index) => say(`e${index}`, index % 3 === 0 ? 30 : 0)))
    expect((await kept(ana)).map(([, name]) => name)).toEqual(committed)
    expect((await kept(ana)).map(([version]) => version)).toEqual(committed.map((_, index) => index + 1))
  })

  test('units about the same people in another order do not deadlock', async () => {
    const both = (first: SubjectId, second: SubjectId) =>
      app.transaction((trx) => appendOutboxEvents(trx, [event('x', first), event('y', second)]))
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? both(ana, bruno) : both(bruno, ana))),
    )
    expect([(await kept(ana)).length, (await kept(bruno)).length]).toEqual([30, 30])
  })

  test('events of a subject are always in one lane, and subjects spread over all lanes', async () => {
    await appendOutboxEvents(app, [event('a', ana), event('b', ana)])
    expect(await owner('outbox_events').distinct('lane').pluck('lane')).toEqual([laneOf(ana)])
    const lanes = new Set(Array.from({ length: 4_000 }, () => laneOf(systemEntropy.id<'subject'>())))
    expect(lanes.size).toBe(laneCount)
    expect(Math.max(...lanes)).toBe(laneCount - 1)
  })
})

describe('reading while a slow transaction is under way', () => {
  /** Reads twice, as a poller would: once while the first writer is still busy, once after everything is committed. */
  const pollAround = async <Row>(
    slowWrite: (trx: Knex.Transaction) => Promise<unknown>,
    fastWrite: () => Promise<unknown>,
    poll: () => Promise<readonly Row[]>,
  ) => {
    let finish = () => {}
    let begun = () => {}
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const mayFinish = new Promise<void>((resolve) => {
      finish = resolve
    })
    const slow = app.transaction(async (trx) => {
      await slowWrite(trx)
      begun()
      await mayFinish
    })
    await hasBegun
    const fast = fastWrite()
    await Promise.race([fast, wait(100)])
    const early = await poll()
    finish()
    await Promise.all([slow, fast])
    return [...early, ...(await poll())]
  }

  test('a poller by subject and version sees every event, once and in order', async () => {
    let last = 0
    const seen = await pollAround(
      (trx) => appendOutboxEvents(trx, [event('slow', ana)]),
      () => appendOutboxEvents(app, [event('fast', ana)]),
      async () => {
        const rows = await owner('outbox_events')
          .where({ subject_id: ana })
          .where('subject_version', '>', last)
          .orderBy('subject_version')
        last = Number(rows.at(-1)?.subject_version ?? last)
        return rows.map(({ type }) => type as string)
      },
    )
    expect(seen).toEqual(['slow', 'fast'])
  })

  test('negative control: a poller by sequence, "id > last", loses the slow one for good', async () => {
    let last = 0
    const seen = await pollAround(
      (trx) => trx('naive').insert({ name: 'slow' }),
      () =>
        app('naive')
          .insert({ name: 'fast' })
          .then(() => undefined),
      async () => {
        const rows = await owner('naive').where('id', '>', last).orderBy('id')
        last = Number(rows.at(-1)?.id ?? last)
        return rows.map(({ name }) => name as string)
      },
    )
    expect(seen).toEqual(['fast'])
  })
})
