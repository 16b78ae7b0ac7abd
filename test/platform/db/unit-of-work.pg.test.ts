import type { Knex } from 'knex'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readAuditStream, streamOf } from '../../../src/features/audit/index.ts'
import type { SubjectId } from '../../../src/kernel/ids.ts'
import { openLane } from '../../../src/platform/db/lanes.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { namesIn, opened, told, touchpointWork } from './small-ledger.ts'
import { layWire, type Wire } from './wire.ts'

const ana = '0198c0de-0000-7000-8000-00000000a0a0' as SubjectId

let database: TestDatabase
let wire: Wire
let knex: Knex
let direct: Knex
beforeAll(async () => {
  database = await createTestDatabase()
  wire = await layWire(database.appConnection)
  direct = openLane(database.connection, 'look', 2)
})
beforeEach(async () => {
  wire.commits('passes')
  await direct.raw(
    'truncate touchpoints, audit_entries, audit_streams, outbox_events, outbox_streams cascade',
  )
  knex = openLane(wire.connection, 'test', 4)
})
afterEach(() => knex.destroy())
afterAll(async () => {
  await direct.destroy()
  await wire.remove()
  await database.drop()
})

const proofs = async () => {
  const { verdict } = await readAuditStream(direct, streamOf(opened('centro')))
  const events = await direct('outbox_events').pluck('type')
  return { verdict, events }
}

describe('fact, proof and message commit together', () => {
  test('all three are there', async () => {
    const result = await touchpointWork(knex)(async (tx) => {
      await tx.touchpoints.add('centro')
      await tx.audit.record(opened('centro'))
      await tx.outbox.add(told(ana))
      return 'done'
    })
    expect(result).toBe('done')
    expect(await namesIn(direct)).toEqual(['centro'])
    expect(await proofs()).toEqual({ verdict: { intact: true, length: 1 }, events: ['test.happened'] })
  })

  test.each([
    ['nothing proves it', false, undefined],
    ['the use case fails after everything was said', true, new Error('no')],
  ])('none is when %s', async (_, proven, failure) => {
    const attempt = touchpointWork(knex)(async (tx) => {
      await tx.touchpoints.add('centro')
      await tx.outbox.add(told(ana))
      if (proven) await tx.audit.record(opened('centro'))
      if (failure !== undefined) throw failure
    })
    await expect(attempt).rejects.toThrow(failure?.message ?? 'without an audit entry')
    expect(await namesIn(direct)).toEqual([])
    expect(await proofs()).toEqual({ verdict: { intact: true, length: 0 }, events: [] })
  })

  test('what fails does not repeat the values it failed with (R101)', async () => {
    const attempt = touchpointWork(knex)(async (tx) => {
      await tx.touchpoints.add('ana@example.org')
      await tx.touchpoints.add('ana@example.org')
    })
    const error: Error = await attempt.catch((thrown) => thrown)
    expect(error.message).toMatch(/duplicate key/)
    expect(error.message).not.toContain('ana@')
  })

  test('none is when the proofs cannot be kept', async () => {
    const attempt = touchpointWork(knex)(async (tx) => {
      await tx.touchpoints.add('centro')
      await tx.audit.record(opened('centro'))
      await tx.outbox.add({ ...told(ana), subjectId: 'no uuid' as SubjectId })
    })
    await expect(attempt).rejects.toMatchObject({ code: '22P02' })
    expect(await namesIn(direct)).toEqual([])
  })
})

describe('a unit that met another (P21)', () => {
  const failing = (code: string) => `do $$ begin raise exception 'met' using errcode = '${code}'; end $$`

  test.each(['40001', '40P01'])('is run again after %s, and only its last run counts', async (code) => {
    const retries: number[] = []
    let runs = 0
    await touchpointWork(knex, { onRetry: (attempt) => void retries.push(attempt) })(async (tx) => {
      runs += 1
      await tx.touchpoints.add(`run-${runs}`)
      await tx.audit.record(opened('centro'))
      if (runs < 3) await tx.raw(failing(code))
    })
    expect(await namesIn(direct)).toEqual(['run-3'])
    expect((await proofs()).verdict).toEqual({ intact: true, length: 1 })
    expect(retries).toEqual([1, 2])
  })

  test('is given up after three more runs, and not run again for any other failure', async () => {
    const runsUntil = async (code: string) => {
      let runs = 0
      const attempt = touchpointWork(knex)(async (tx) => {
        runs += 1
        await tx.raw(failing(code))
      })
      await expect(attempt).rejects.toMatchObject({ code })
      return runs
    }
    expect(await runsUntil('40001')).toBe(4)
    expect(await runsUntil('23505')).toBe(1)
  })

  test('two real deadlocked units both succeed', async () => {
    await direct('touchpoints').insert(
      ['a', 'b'].map((id) => ({ touchpoint_id: id, kind: 'store', name: id })),
    )
    const both = (first: string, second: string) =>
      touchpointWork(knex)(async (tx) => {
        await tx.audit.record(opened('centro'))
        await tx.touchpoints.rename(first, `${first}${second}`)
        await new Promise((resolve) => setTimeout(resolve, 60))
        await tx.touchpoints.rename(second, `${first}${second}`)
      })
    await Promise.all([both('a', 'b'), both('b', 'a')])
    const [one, two] = await namesIn(direct)
    expect(one).toBe(two)
    expect((await proofs()).verdict).toEqual({ intact: true, length: 2 })
  })

  test('a connection that breaks before the commit is replaced, and the unit run again', async () => {
    let runs = 0
    await touchpointWork(knex)(async (tx) => {
      runs += 1
      await tx.touchpoints.add('centro')
      await tx.audit.record(opened('centro'))
      if (runs === 1) wire.cut()
    })
    expect(runs).toBe(2)
    expect(await namesIn(direct)).toEqual(['centro'])
  })
})

describe('a commit whose answer is lost (P4)', () => {
  const open = (id: string, commitDeadlineMs = 4_000) => {
    let runs = 0
    const ended = touchpointWork(knex, { commitDeadlineMs })(async (tx) => {
      runs += 1
      await tx.touchpoints.add(id)
      await tx.audit.record(opened('centro'))
    })
    return ended.then(
      () => ({ ok: true, runs }),
      (error) => ({ code: error.code, failure: error.failure, retry: error.retryAfterSeconds, runs }),
    )
  }
  const unknown = { code: 'outcome-unknown', failure: 'unavailable', retry: 5, runs: 1 }

  test('is reported as unknown when it was not kept, and never run again by itself', async () => {
    wire.commits('lost-before')
    expect(await open('centro')).toEqual(unknown)
    expect(await namesIn(direct)).toEqual([])
  })

  test('is reported as unknown when it was kept', async () => {
    wire.commits('lost-after')
    expect(await open('centro')).toEqual(unknown)
    expect(await namesIn(direct)).toEqual(['centro'])
  })

  test('is reported as unknown within its deadline when no answer comes, and is not cancelled', async () => {
    wire.commits('unanswered')
    const started = performance.now()
    expect(await open('centro', 200)).toEqual(unknown)
    expect(performance.now() - started).toBeLessThan(1_500)
    expect(await namesIn(direct)).toEqual(['centro'])
    wire.cut()
  })
})
