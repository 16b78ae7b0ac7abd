import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { groupWriter } from '../../../src/platform/db/group-writer.ts'
import { outcomeUnknown } from '../../../src/platform/db/pg-errors.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })
const keyOf = (item: string) => item.split(':')[0] ?? item

/** A writer whose batches are recorded; each takes a moment, so that others gather behind it. */
const recording = (
  act: (items: readonly string[]) => void = () => {},
  options: { cap?: number; maxWaiting?: number; maxWaitMs?: number; patienceMs?: number } = {},
) => {
  const batches: (readonly string[])[] = []
  const writer = groupWriter<string, string>({
    ...options,
    key: keyOf,
    run: async (items) => {
      batches.push(items)
      await sleep(5)
      act(items)
      return items.map((item) => `kept ${item}`)
    },
  })
  return { writer, batches }
}

describe('writes that travel together', () => {
  test('go at once when nothing is under way, and gather while a batch is', async () => {
    const { writer, batches } = recording()
    const first = writer.write('a')
    await sleep(1)
    const others = ['d', 'c', 'b'].map((item) => writer.write(item))
    expect(await Promise.all([first, ...others])).toEqual(['kept a', 'kept d', 'kept c', 'kept b'])
    expect(batches).toEqual([['a'], ['b', 'c', 'd']])
  })

  test('are never more than the cap, are sorted by key, and keep the order of one key', async () => {
    const { writer, batches } = recording(() => {}, { cap: 3 })
    const items = ['b:1', 'a:1', 'b:2', 'c:1', 'b:3', 'd:1', 'a:2']
    await Promise.all(items.map((item) => writer.write(item)))
    expect(batches).toEqual([['a:1', 'b:1', 'c:1'], ['a:2', 'b:2', 'd:1'], ['b:3']])
  })

  test('are refused when too many wait, and taken again afterwards', async () => {
    const { writer } = recording(() => {}, { maxWaiting: 2 })
    const taken = [writer.write('a'), writer.write('b')]
    await expect(writer.write('c')).rejects.toMatchObject({
      failure: 'unavailable',
      code: 'write-queue-full',
      retryAfterSeconds: 1,
    })
    await Promise.all(taken)
    expect(await writer.write('c')).toBe('kept c')
  })

  test('are told after a while that their turn did not come, and are not written any more then', async () => {
    const batches: (readonly string[])[] = []
    const writer = groupWriter<string, string>({
      key: keyOf,
      maxWaitMs: 30,
      run: async (items) => {
        batches.push(items)
        await sleep(items.includes('slow') ? 90 : 1)
        return items.map((item) => `kept ${item}`)
      },
    })
    const slow = writer.write('slow')
    await sleep(1)
    const late = await Promise.allSettled([writer.write('a'), writer.write('b')])
    expect(late.map((one) => one.status === 'rejected' && one.reason)).toMatchObject(
      Array(2).fill({ failure: 'unavailable', code: 'database-busy' }),
    )
    expect(await slow).toBe('kept slow')
    expect(await writer.write('c')).toBe('kept c')
    expect(batches).toEqual([['slow'], ['c']])
  })

  test('are all there after drain', async () => {
    const { writer, batches } = recording()
    const writes = ['a:1', 'a:2', 'a:3'].map((item) => writer.write(item))
    await writer.drain()
    expect(batches.flat()).toEqual(['a:1', 'a:2', 'a:3'])
    await Promise.all(writes)
  })
})

describe('a batch that fails', () => {
  const outcomes = async (writes: readonly Promise<string>[]) =>
    (await Promise.allSettled(writes)).map((one) =>
      one.status === 'fulfilled' ? one.value : (one.reason.code ?? one.reason.message),
    )

  test('costs its bad row only, which is found by halves', async () => {
    const { writer, batches } = recording((items) => {
      if (items.includes('k77')) throw coded('23514')
    })
    const items = Array.from({ length: 128 }, (_, number) => `k${number}`)
    expect(await outcomes(items.map((item) => writer.write(item)))).toEqual(
      items.map((item) => (item === 'k77' ? '23514' : `kept ${item}`)),
    )
    expect(batches).toHaveLength(15)
  })

  test.each(['57014', '53200', '53100'])(
    'because there is too much to do (%s) is not made into more to do',
    async (code) => {
      const { writer, batches } = recording(() => {
        throw coded(code)
      })
      const told = await outcomes(Array.from({ length: 128 }, (_, number) => writer.write(`k${number}`)))
      expect(new Set(told)).toEqual(new Set([code === '53100' ? 'database-full' : 'database-busy']))
      expect(batches).toHaveLength(1)
    },
  )

  test('at a lock is parted from whoever it is held against', async () => {
    const { writer, batches } = recording((items) => {
      if (items.includes('b')) throw coded('55P03')
    })
    const writes = ['a', 'b', 'c', 'd'].map((item) => writer.write(item))
    expect(await outcomes(writes)).toEqual(['kept a', 'database-busy', 'kept c', 'kept d'])
    expect(batches).toEqual([['a', 'b', 'c', 'd'], ['a'], ['b'], ['c'], ['d']])
  })

  test('at a lock on everything is given up in time', async () => {
    const { writer, batches } = recording(
      () => {
        throw coded('55P03')
      },
      { patienceMs: 20 },
    )
    const told = await outcomes(Array.from({ length: 128 }, (_, number) => writer.write(`k${number}`)))
    expect(new Set(told)).toEqual(new Set(['database-busy']))
    expect(batches.length).toBeLessThan(10)
  })

  test('by deadlock is written again as it was, and given up after three more times', async () => {
    let left = 2
    const { writer, batches } = recording(() => {
      if (left-- > 0) throw coded('40P01')
    })
    expect(await outcomes([writer.write('a'), writer.write('b')])).toEqual(['kept a', 'kept b'])
    expect(batches).toHaveLength(3)
    const hopeless = recording(() => {
      throw coded('40001')
    })
    expect(await outcomes([hopeless.writer.write('a')])).toEqual(['40001'])
    expect(hopeless.batches).toHaveLength(4)
  })

  test('with its connection is unknown to all of its members, and not written again', async () => {
    const { writer, batches } = recording(() => {
      throw new Error('Connection terminated unexpectedly')
    })
    expect(await outcomes([writer.write('a'), writer.write('b')])).toEqual([
      'outcome-unknown',
      'outcome-unknown',
    ])
    expect(batches).toHaveLength(1)
  })

  test('of which nobody knows whether it was kept is told so to each, and not written again singly', async () => {
    const { writer, batches } = recording(() => {
      throw outcomeUnknown(new Error('COMMIT was not replicated.'))
    })
    expect(await outcomes([writer.write('a'), writer.write('b')])).toEqual([
      'outcome-unknown',
      'outcome-unknown',
    ])
    expect(batches).toHaveLength(1)
  })

  test('because nobody is there fails at once', async () => {
    const { writer, batches } = recording(() => {
      throw coded('ECONNREFUSED')
    })
    expect(await outcomes([writer.write('a'), writer.write('b')])).toEqual([
      'database-unavailable',
      'database-unavailable',
    ])
    expect(batches).toHaveLength(1)
  })

  test('to answer for each of its members is a fault, told to each', async () => {
    const writer = groupWriter<string, string>({ key: keyOf, run: async () => ['only one'] })
    expect(await outcomes([writer.write('a'), writer.write('b')])).toEqual(
      Array(2).fill('A batch answered with a different number of results.'),
    )
  })
})
